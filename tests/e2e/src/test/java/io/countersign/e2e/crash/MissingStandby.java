package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;

/**
 * Every commit waits for a standby that is not there ({@code synchronous_standby_names}): durable
 * here, confirmed nowhere. Meanwhile nothing may be acknowledged. Then nobody is waited for any
 * more, and what had become durable must be recognised when it is sent again. Every other time the
 * program is killed with SIGKILL during the wait.
 *
 * @param nodes how many nodes are on it
 */
public record MissingStandby(int nodes) implements Fault {

  private static final int SENDERS = 8;
  private static final double RATE = 120;
  private static final int BEFORE_EACH = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Readings a tenth of a second apart. */
  private static final int STILL = 10;

  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
      where wait_event = 'SyncRep' and application_name like 'countersign%'
      """;

  @Override
  public String name() {
    return "standby";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    var moments = new Moments(effort.seed());
    load.begin(SENDERS, RATE);
    long waitingCommits = 0;
    for (int round = 1; round <= effort.rounds(); round++) {
      Moments.growth(load::acknowledged, BEFORE_EACH);
      moments.pass(effort.phase());
      boolean killed = round % 2 == 0;
      site.postgres().set("synchronous_standby_names", "nobody");
      long waiting;
      long before;
      try {
        site.postgres().reload("synchronous_standby_names", "nobody");
        Poll.until(PATIENCE, () -> waiting(site), count -> count > 0);
        before = settled(load);
        Thread.sleep(effort.outage()); // how long nobody confirms is the point
        waiting = waiting(site);
        mustNotHaveGrown(load, before);
        if (killed) {
          Node victim = site.node(moments.below(nodes));
          victim.server().killNine();
          victim.launch();
        }
        mustNotHaveGrown(load, before);
      } finally {
        site.postgres().reset("synchronous_standby_names");
        site.postgres().reload("synchronous_standby_names", "");
      }
      waitingCommits += waiting;
      Duration ready = Outages.untilReady(site);
      Duration back = Moments.growth(load::acknowledged, 1);
      report.line(
          "wait %2d%s: %d commits waited, nothing was acknowledged after %,7d; ready after %s, acknowledging %s later",
          round,
          killed ? " with SIGKILL" : "",
          waiting,
          before,
          Report.seconds(ready),
          Report.seconds(back));
    }
    Moments.growth(load::acknowledged, BEFORE_EACH);
    Load.Totals totals = load.end();
    report.figure("waits for a standby that is not there", effort.rounds());
    report.figure("commits that stood waiting, sum", waitingCommits);
    report.figure("sent again and recognised", totals.recognized());
  }

  private static long waiting(Site site) throws Exception {
    return site.postgres().number("postgres", WAITING);
  }

  /** What was confirmed before the change has been counted when the number stands still. */
  private static long settled(Load load) throws Exception {
    long[] last = {-1, 0};
    Poll.until(
        PATIENCE,
        () -> {
          long now = load.acknowledged();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1];
        },
        readings -> readings >= STILL);
    return last[0];
  }

  private static void mustNotHaveGrown(Load load, long before) {
    long now = load.acknowledged();
    if (now > before) {
      throw new AssertionError(
          "%d acknowledgements left while no commit was confirmed".formatted(now - before));
    }
  }
}
