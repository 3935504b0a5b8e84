package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;

/**
 * SIGKILL to the program at moments drawn from the seed, while notifications come in and are
 * handled; then it is started again. With two nodes one of them is killed while the other works.
 *
 * @param nodes 1 or 2
 */
public record KilledProgram(int nodes) implements Fault {

  private static final int SENDERS = 8;
  private static final double RATE = 120;
  private static final int BEFORE_EACH = 20;

  @Override
  public String name() {
    return nodes == 1 ? "kill" : "kill-two";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    var moments = new Moments(effort.seed());
    load.begin(SENDERS, RATE);
    long pending = 0;
    Duration slowest = Duration.ZERO;
    for (int round = 1; round <= effort.rounds(); round++) {
      Moments.growth(load::acknowledged, BEFORE_EACH);
      Duration passed = moments.pass(effort.phase());
      Node victim = site.node(moments.below(nodes));
      long before = load.acknowledged();
      victim.server().killNine();
      long left =
          site.postgres().number(ExternalPostgres.NAME, "select count(*) from inbox.pending");
      pending += left;
      Duration ready = victim.start();
      slowest = ready.compareTo(slowest) > 0 ? ready : slowest;
      report.line(
          "kill %3d  %s after %4d ms: acknowledged %,7d, of them unfinished %,5d; ready in %s, by then %,7d",
          round,
          victim.name(),
          passed.toMillis(),
          before,
          left,
          Report.seconds(ready),
          load.acknowledged());
    }
    Moments.growth(load::acknowledged, BEFORE_EACH);
    report.figure("kills of the program", effort.rounds());
    report.figure("acknowledged but unfinished when killed, sum", pending);
    report.figure("slowest restart until ready", slowest);
  }
}
