package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Under load the line to PostgreSQL is cut at chosen moments: before a statement that commits is
 * forwarded, behind it, after the server has committed and before anybody is told, and half-way
 * through the answer; for appends, for the inbox's commits and for all others. In between all
 * connections are cut at once, wherever they are.
 */
record CutLine(ProxyLine line, int nodes) implements ThroughProxy {

  private static final int SENDERS = 8;
  private static final double RATE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private record Target(Statement statement, Cut cut) {}

  @Override
  public String name() {
    return "cut";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    load.begin(SENDERS, RATE);
    var moments = new Moments(effort.seed());
    double unknown = Metrics.sum(site, "countersign_log_outcomes_unknown_total");
    double settled = Metrics.sum(site, "countersign_log_outcomes_settled_total");
    int made = 0;
    int all = 0;
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Target target : targets(effort.seed() + round)) {
        Moments.growth(load::acknowledged, 1 + moments.below(10));
        cutOnce(target);
        made++;
      }
      moments.pass(effort.phase());
      all += proxy().cutAll();
      Moments.growth(load::acknowledged, 10);
    }
    for (Cut cut : Cut.values()) {
      report.figure("statements cut: " + cut, proxy().made(cut));
    }
    report.figure("connections cut wherever they were", all);
    load.end().tell(report);
    double newUnknown = Metrics.sum(site, "countersign_log_outcomes_unknown_total") - unknown;
    double newSettled = Metrics.sum(site, "countersign_log_outcomes_settled_total") - settled;
    report.figure("batches of the log with unknown outcome", (long) newUnknown);
    report.figure("  of them settled", (long) newSettled);
    if (newUnknown < 4 * effort.rounds() || newSettled < 1) {
      throw new AssertionError(
          "appends were cut %d times, but the program counted %.0f unknown and %.0f settled outcomes"
              .formatted(4 * effort.rounds(), newUnknown, newSettled));
    }
    if (made != targets(0).size() * effort.rounds()) {
      throw new AssertionError("not every cut was made");
    }
  }

  /** Waits until the next such statement has been cut. */
  private void cutOnce(Target target) throws Exception {
    var armed = new AtomicReference<>(target);
    proxy()
        .cutBy(
            statement ->
                statement == target.statement() && armed.compareAndSet(target, null)
                    ? target.cut()
                    : Cut.NONE);
    long before = proxy().made(target.cut());
    Poll.until(PATIENCE, () -> proxy().made(target.cut()), now -> now > before);
    proxy().passAll();
  }

  private static List<Target> targets(long seed) {
    List<Target> targets = new ArrayList<>();
    for (Statement statement :
        List.of(Statement.APPEND, Statement.INBOX_COMMIT, Statement.COMMIT)) {
      for (Cut cut : List.of(Cut.BEFORE, Cut.FORWARDED, Cut.AFTER, Cut.HALF_ANSWER)) {
        targets.add(new Target(statement, cut));
      }
    }
    Collections.shuffle(targets, new Random(seed));
    return targets;
  }
}
