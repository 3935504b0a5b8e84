package io.countersign.e2e.harness;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One fault in its long form: a site of its own with the product's defaults, a first load, the
 * fault, and everything that must hold afterwards, memory included.
 */
public final class LongForm {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final int SENDERS = 8;
  private static final double RATE = 120;

  private LongForm() {}

  /**
   * Runs it.
   *
   * @param scratch an empty directory
   * @return whether everything held
   */
  public static boolean run(Fault fault, Effort effort, Path scratch, Report report) {
    report.line("== %s: %s", fault.name(), effort);
    try (Site site = fault.start(scratch)) {
      long[] pids = pids(site);
      long[] before = new long[pids.length];
      try (var load = new Load(site, effort.seed())) {
        warmUp(site, load);
        if (effort.looksAtMemory()) {
          before = memory(site, effort);
        }
        fault.make(site, load, effort, report);
        load.end();
        load.totals().tell(report);
        Aftermath running = Aftermath.whileRunning(site, load.ledgers(), PATIENCE);
        running.mustHold();
        if (effort.looksAtMemory()) {
          compare(site, pids, before, memory(site, effort), report);
        }
        Aftermath after = Aftermath.afterStopping(site, load.ledgers(), PATIENCE);
        after.mustHold();
        report.figure("acknowledged, all found once and in order", after.acknowledged());
        report.figure("entries of the log, every hash right", after.entries());
        report.figure("rows of projections equal to a replay", after.rows());
      }
      report.finish();
      report.line("HOLDS");
      return true;
    } catch (Exception | AssertionError e) {
      report.finish();
      report.line("DOES NOT HOLD: %s", e);
      e.printStackTrace(System.err);
      return false;
    }
  }

  private static void warmUp(Site site, Load load) throws Exception {
    load.begin(SENDERS, RATE);
    Thread.sleep(WARM_UP); // a load of a certain length, nothing is waited for
    load.end();
  }

  private static long[] pids(Site site) {
    return site.nodes().stream().mapToLong(node -> node.server().pid()).toArray();
  }

  private static long[] memory(Site site, Effort effort) throws Exception {
    long[] resident = new long[site.nodes().size()];
    Duration quiet = effort.quiet();
    for (int i = 0; i < resident.length; i++) {
      resident[i] = Memory.settled(site.node(i), quiet);
      quiet = Duration.ZERO;
    }
    return resident;
  }

  /** Nodes that were started again meanwhile have nothing to compare. */
  private static void compare(Site site, long[] pids, long[] before, long[] after, Report report) {
    for (int i = 0; i < pids.length; i++) {
      Node node = site.node(i);
      if (node.server().pid() == pids[i]) {
        report.figure(
            "resident memory of " + node.name() + ", before and after",
            "%d -> %d MB".formatted(Memory.megabytes(before[i]), Memory.megabytes(after[i])));
        if (after[i] > before[i] + Memory.MARGIN) {
          throw new AssertionError(
              "%s keeps %d MB more than before"
                  .formatted(node.name(), Memory.megabytes(after[i] - before[i])));
        }
      }
    }
  }
}
