package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Clocks are set under load: both nodes' against the database's and against each other, minutes
 * forwards and backwards; then the node whose clock is ahead is killed, and the other has to take
 * over its projections as fast as always; then one passes midnight and is set back to the day
 * before.
 */
record ClockSteps() implements Fault {

  private static final int SENDERS = 8;
  private static final double RATE = 60;
  private static final Duration STEP = Duration.ofMinutes(7);

  /** Claims of a node that is gone are free after 30 s; to that comes what a busy machine takes. */
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(90);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public int nodes() {
    return 2;
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    List<StepClock> clocks = new ArrayList<>();
    for (Node node : site.nodes()) {
      clocks.add(StepClock.of(node, site.scratch()));
      node.server().terminate();
      node.start();
    }
    load.begin(SENDERS, RATE);
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Duration ahead : List.of(STEP, STEP.negated(), Duration.ZERO)) {
        clocks.get(0).set(ahead);
        clocks.get(1).set(ahead.negated());
        Duration going = Moments.growth(load::acknowledged, 100);
        Duration shown = awaitShown(site);
        report.line(
            "round %d, clocks %+d and %+d min: 100 acknowledged in %s, all shown in %s more",
            round,
            ahead.toMinutes(),
            -ahead.toMinutes(),
            Report.seconds(going),
            Report.seconds(shown));
      }
    }
    mustHaveBeenSet(site);
    takeOver(site, load, clocks, report);
    midnight(load, clocks.get(0), report);
    load.end();
    long backwards =
        site.postgres()
            .number(
                ExternalPostgres.NAME,
                """
                select count(*) from (
                  select recorded_at < lag(recorded_at) over (order by index) as back
                  from eventlog.entry) e where back
                """);
    report.figure("entries recorded before the one before them", backwards);
    if (backwards > 0) {
      throw new AssertionError("recorded_at goes backwards " + backwards + " times");
    }
    FullDisk.mustNotBeQuarantined(site);
  }

  /** The deliveries' own times tell that the clocks were really set. */
  private static void mustHaveBeenSet(Site site) throws Exception {
    String spread =
        site.postgres()
            .text(
                ExternalPostgres.NAME,
                "select max(received_at) > now() + interval '5 min' and exists (select from"
                    + " inbox.delivery a join inbox.delivery b on b.position > a.position"
                    + " and b.received_at < a.received_at - interval '10 min') from inbox.delivery");
    if (!spread.equals("t")) {
      throw new AssertionError("the clocks were not set");
    }
  }

  /** The node that is ahead is killed; what it projected goes on without it. */
  private static void takeOver(Site site, Load load, List<StepClock> clocks, Report report)
      throws Exception {
    clocks.get(1).set(STEP);
    Moments.growth(load::acknowledged, 50);
    site.node(1).server().killNine();
    long start = System.nanoTime();
    Moments.growth(load::acknowledged, 20);
    awaitShown(site);
    report.figure(
        "node killed 7 min ahead: all shown by the other after",
        Duration.ofNanos(System.nanoTime() - start));
    site.node(1).start();
  }

  private static void midnight(Load load, StepClock clock, Report report) throws Exception {
    Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    clock.setTo(midnight.minusSeconds(2));
    Moments.growth(load::acknowledged, 200);
    clock.setTo(midnight.plusSeconds(5));
    Moments.growth(load::acknowledged, 100);
    clock.setTo(midnight.minusSeconds(60));
    Duration back = Moments.growth(load::acknowledged, 100);
    clock.set(Duration.ZERO);
    Moments.growth(load::acknowledged, 100);
    report.figure("set back over midnight: 100 acknowledged in", back);
  }

  /** Everything that is in the log now is projected. */
  private static Duration awaitShown(Site site) throws Exception {
    long start = System.nanoTime();
    long head = site.node(0).server().get("/api/v1/log/head").get("lastIndex").asLong();
    Poll.until(
        TAKEN_OVER_WITHIN,
        () -> site.node(0).server().get("/api/v1/processors").get("items"),
        items -> reached(items, head));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean reached(JsonNode processors, long head) {
    boolean reached = !processors.isEmpty();
    for (JsonNode one : processors) {
      reached &= one.get("position").asLong() >= head;
    }
    return reached;
  }
}
