package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.Aftermath;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A flood of malformed bodies with good deliveries between, and all that must hold of it. */
final class FloodCheck {

  private static final Duration WORKED_OFF = Duration.ofMinutes(10);

  /** A good delivery waits for what was claimed before it, never for a retry of something bad. */
  private static final Duration GOOD_WAITS = Duration.ofSeconds(30);

  private static final int WARM_UP = 300;

  private FloodCheck() {}

  /** Gives what did not hold. */
  static List<String> run(Site site, long seed, int bodies, int senders, Report report)
      throws Exception {
    RunningServer server = site.node(0).server();
    var flood = new BodyFlood(server.uri(), site.secret(), seed);
    flood.send(0, Math.min(WARM_UP, bodies), senders);
    Judgements.awaitNothingWaits(site, WORKED_OFF);
    Vitals before = Vitals.of(server);
    long start = System.nanoTime();
    for (int from = WARM_UP; from < bodies; from += 10_000) {
      flood.send(from, Math.min(bodies, from + 10_000), senders);
      report.line(
          "%,d of %,d after %s, %,d MB resident, %d findings",
          Math.min(bodies, from + 10_000),
          bodies,
          Report.seconds(Duration.ofNanos(System.nanoTime() - start)),
          server.residentBytes() >> 20,
          flood.findings().size());
    }
    Judgements.awaitNothingWaits(site, WORKED_OFF);
    awaitProjections(server);

    List<String> findings = new ArrayList<>(flood.findings());
    Judgements bad = Judgements.of(site, flood.receipts());
    Judgements good = Judgements.of(site, flood.good());
    findings.addAll(bad.findings());
    findings.addAll(good.findings());
    if (!good.byOutcome().keySet().equals(java.util.Set.of("handled"))) {
      findings.add("good deliveries became " + good.byOutcome());
    }
    if (good.slowest().compareTo(GOOD_WAITS) > 0) {
      findings.add("a good delivery waited " + good.slowest());
    }
    findings.addAll(Leaks.in(site));
    findings.addAll(Aftermath.log(site));
    Vitals after = Vitals.of(server);
    findings.addAll(after.notBackTo(before));

    report.figure("bodies sent", bodies);
    flood.answers().forEach((status, times) -> report.figure("answered " + status, times.get()));
    report.figure("receipts of malformed ones", flood.receipts().size());
    bad.byOutcome().forEach(report::figure);
    report.figure("good deliveries between, all handled", flood.good().size());
    report.figure("the slowest good one, received to handled", good.slowest());
    report.figure("heap before, MB", before.heapBytes() >> 20);
    report.figure("heap after, MB", after.heapBytes() >> 20);
    report.figure("files before", before.files());
    report.figure("files after", after.files());
    report.figure("findings", findings.size());
    return findings;
  }

  /** No event of a malformed delivery stops a projection. */
  private static void awaitProjections(RunningServer server) throws Exception {
    Poll.until(
        WORKED_OFF,
        () -> server.get("/api/v1/processors").get("items"),
        processors -> {
          boolean current = !processors.isEmpty();
          for (JsonNode one : processors) {
            current &= one.get("position").asLong() == one.get("head").asLong();
          }
          return current;
        });
  }
}
