package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * All connections to PostgreSQL stay open and nothing passes, for longer than any limit of time on
 * them; then what was said arrives late, or the connections turn out to be dead, in turn.
 */
record BlackHole(ProxyLine line, int nodes) implements ThroughProxy {

  private static final int SENDERS = 8;
  private static final double RATE = 50;

  /** From the end of the hole to the first acknowledgement. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(40);

  @Override
  public String name() {
    return "black-hole";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    load.begin(SENDERS, RATE);
    Duration slowest = Duration.ZERO;
    for (int round = 1; round <= effort.rounds(); round++) {
      Moments.growth(load::acknowledged, 20);
      proxy().openHole();
      long before = load.acknowledged();
      Thread.sleep(effort.outage()); // how long nothing passes is the point
      mustRefuse(site);
      boolean dropOld = round % 2 == 0;
      proxy().closeHole(dropOld);
      Duration back = Moments.growth(load::acknowledged, SENDERS + 1);
      slowest = back.compareTo(slowest) > 0 ? back : slowest;
      report.line(
          "hole %d: acknowledged before %,d, first new ones %s after it ended, old connections %s",
          round, before, Report.seconds(back), dropOld ? "dead" : "late");
    }
    report.figure("holes of " + Report.seconds(effort.outage()), effort.rounds());
    report.figure("slowest first acknowledgements afterwards", slowest);
    load.end().tell(report);
    if (slowest.compareTo(BACK_WITHIN) > 0) {
      throw new AssertionError("after a hole it took " + slowest + " to go on");
    }
  }

  /** Within its own limit of time, and not with an error. */
  private static void mustRefuse(Site site) throws Exception {
    for (Node node : site.nodes()) {
      RunningServer server = node.server();
      int status = server.deliver("{}".getBytes(StandardCharsets.UTF_8)).status();
      int live = server.getOpenly("/health/live").status();
      if (status != 503 || live != 200) {
        throw new AssertionError(
            "%s answered delivery %d, live %d".formatted(node.name(), status, live));
      }
    }
  }
}
