package io.countersign.benchmarks.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the event store is meant to reach beside others, and what it must reach. */
final class StoreAims {

  private static final List<Aim> AIMS =
      List.of(
          new Aim(1, StoreTable.STOCK, 0.8, 0),
          new Aim(8, StoreTable.STOCK, 1.2, 0),
          new Aim(32, StoreTable.STOCK, 4, 2.5),
          new Aim(32, StoreTable.PGBENCH, 1.5, 1.1),
          new Aim(128, StoreTable.STOCK, 4, 0),
          new Aim(128, StoreTable.PGBENCH, 1.5, 0));

  private final List<String> lines = new ArrayList<>();
  private boolean reached = true;

  /** Compares one node and two with all others that were measured. */
  StoreAims(StoreTable table) {
    for (Aim aim : AIMS) {
      for (String ours : List.of(OurLog.ONE_NODE, OurLog.TWO_NODES)) {
        double ratio = table.rate(aim.writers, ours) / table.rate(aim.writers, aim.other);
        if (!Double.isNaN(ratio)) {
          reached &= ratio >= aim.least;
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%7d  %-20s  %5.2f x %-16s  aim %.1f%s%s",
                  aim.writers,
                  ours,
                  ratio,
                  aim.other,
                  aim.ratio,
                  ratio >= aim.ratio ? "   reached" : "",
                  ratio < aim.least ? "   UNDER THE LEAST, " + aim.least : ""));
        }
      }
    }
  }

  List<String> lines() {
    return lines;
  }

  /** Whether nothing is under what it must reach. */
  boolean reached() {
    return reached;
  }

  /**
   * A ratio of rates.
   *
   * @param ratio meant to be reached
   * @param least under which something is wrong
   */
  private record Aim(int writers, String other, double ratio, double least) {}
}
