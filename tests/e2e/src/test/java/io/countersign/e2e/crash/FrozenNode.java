package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Signal;
import io.countersign.e2e.harness.Site;
import io.countersign.sandbox.traffic.TrafficRun;
import java.time.Duration;
import java.util.List;

/**
 * One of two nodes is stopped with SIGSTOP for longer than leases and time limits of statements,
 * every other time while its append runs, and continued. Meanwhile the other one takes deliveries
 * and handles them, those of the stopped node too.
 */
public record FrozenNode() implements Fault {

  private static final int SENDERS = 4;
  private static final double RATE = 60;
  private static final int BEFORE_EACH = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Appends last a millisecond or two: asked in one statement, without pauses. */
  private static final String UNTIL_APPENDING =
      """
      do $$
      begin
        for i in 1..2000000 loop
          perform pg_stat_clear_snapshot();
          exit when exists (
            select from pg_stat_activity
            where application_name = 'countersign append' and state = 'active');
        end loop;
      end $$
      """;

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public int nodes() {
    return 2;
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    var moments = new Moments(effort.seed());
    List<TrafficRun> runs =
        List.of(
            load.begin(SENDERS, RATE, List.of(site.uris().get(0))),
            load.begin(SENDERS, RATE, List.of(site.uris().get(1))));
    for (int round = 1; round <= effort.rounds(); round++) {
      int victim = moments.below(2);
      TrafficRun there = runs.get(victim);
      TrafficRun other = runs.get(1 - victim);
      Moments.growth(there::acknowledged, BEFORE_EACH);
      moments.pass(effort.phase());
      boolean appending = round % 2 == 0;
      if (appending) {
        site.postgres().execute(UNTIL_APPENDING);
      }
      Node stopped = site.node(victim);
      stopped.server().signal(Signal.STOP);
      long handled = handled(site);
      long acknowledged = other.acknowledged();
      try {
        Thread.sleep(effort.outage()); // longer than leases and time limits: that is the fault
        acknowledged = other.acknowledged() - acknowledged;
        handled = handled(site) - handled;
      } finally {
        stopped.server().signal(Signal.CONT);
      }
      Duration back = Moments.growth(there::acknowledged, 1);
      report.line(
          "stop %2d  %s%s: meanwhile the other acknowledged %,6d and handled %,6d; again at work after %s",
          round,
          stopped.name(),
          appending ? " while something appended" : "",
          acknowledged,
          handled,
          Report.seconds(back));
      if (acknowledged == 0 || handled == 0) {
        throw new AssertionError("a stopped node stopped the other one");
      }
    }
    load.end();
    Poll.until(PATIENCE, () -> pending(site), left -> left == 0);
    report.figure("stops of a node", effort.rounds());
    report.figure(
        "leases taken back from stopped nodes",
        site.postgres()
            .number(
                ExternalPostgres.NAME,
                "select count(*) from inbox.outcome where code = 'lease-expired'"));
  }

  private static long handled(Site site) throws Exception {
    return site.postgres()
        .number(
            ExternalPostgres.NAME,
            "select count(*) from inbox.outcome where status in ('handled', 'ignored')");
  }

  private static long pending(Site site) throws Exception {
    return site.postgres().number(ExternalPostgres.NAME, "select count(*) from inbox.pending");
  }
}
