package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/**
 * A snapshot stays open, as of a backup or a long report: PostgreSQL may remove no dead row version
 * meanwhile, of the inbox's waiting list, leases and of tokens either. What one delivery costs in
 * its last minute, in CPU time of nodes and PostgreSQL, is held against the time before: what is
 * handled a second says too much about who else uses the machine.
 *
 * @param hotRow negative control: every outcome of a delivery also updates one row
 */
record LongSnapshot(int nodes, boolean hotRow) implements Fault {

  private static final int SENDERS = 8;
  private static final Duration SLICE = Duration.ofSeconds(60);

  /** What a delivery may cost in the last slice, times what it cost before. */
  private static final double MOST = 1.6;

  private static final String HOT_ROW =
      """
      create table public.hot_row (id boolean primary key, handled bigint);
      insert into public.hot_row values (true, 0);
      grant all on public.hot_row to public;
      create function public.touch_row() returns trigger language plpgsql as $$
      begin
        for i in 1..20 loop
          update public.hot_row set handled = handled + 1;
        end loop;
        return null;
      end $$;
      create trigger hot_row after insert on inbox.outcome
        for each statement execute function public.touch_row();
      """;

  @Override
  public String name() {
    return hotRow ? "snapshot-hot-row" : "snapshot";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    if (hotRow) {
      site.postgres().execute(ExternalPostgres.NAME, HOT_ROW);
    }
    load.begin(SENDERS, 0);
    Moments.growth(load::acknowledged, 500);
    Slice before = measure("before", site, effort.phase(), report);
    Slice during;
    try (Connection snapshot = site.postgres().connect(ExternalPostgres.NAME)) {
      snapshot.setAutoCommit(false);
      snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (var statement = snapshot.createStatement()) {
        statement.execute("select count(*) from inbox.pending");
        statement.execute("select pg_current_xact_id()"); // holds back cleaning by both horizons
      }
      during = measure("during", site, effort.outage(), report);
      snapshot.rollback();
    }
    Slice after = measure("after", site, effort.phase(), report);
    load.end().tell(report);
    double ratio = during.millisEach() / before.millisEach();
    tell(report, "before", before);
    tell(report, "last minute of the snapshot", during);
    tell(report, "afterwards", after);
    if (ratio > MOST) {
      throw new AssertionError(
          String.format(Locale.ROOT, "under the snapshot a delivery costs %.1f times", ratio));
    }
  }

  /** A time, what was handled in it, and the CPU time it took. */
  private record Slice(double rate, double millisEach) {}

  private static void tell(Report report, String when, Slice slice) {
    report.figure(
        "handled a second, CPU ms each: " + when,
        String.format(Locale.ROOT, "%.0f, %.1f", slice.rate(), slice.millisEach()));
  }

  /** The last slice of a time. */
  private static Slice measure(String name, Site site, Duration time, Report report)
      throws Exception {
    var last = new Slice(0, 0);
    Duration left = time;
    while (left.isPositive()) {
      Duration length = left.compareTo(SLICE.multipliedBy(2)) < 0 ? left : SLICE;
      long start = System.nanoTime();
      double handled = handled(site);
      Duration cpu = cpu(site);
      Thread.sleep(length); // a rate is measured over a time
      double more = Math.max(1, handled(site) - handled);
      last =
          new Slice(
              more * 1e9 / (System.nanoTime() - start), cpu(site).minus(cpu).toMillis() / more);
      report.line(
          "%-7s %3d s: %.0f handled a second, %.1f ms of CPU each, %,.0f wait",
          name,
          length.toSeconds(),
          last.rate(),
          last.millisEach(),
          Metrics.sum(site, "countersign_inbox_backlog"));
      left = left.minus(length);
    }
    return last;
  }

  private static Duration cpu(Site site) throws Exception {
    Duration sum = Duration.ZERO;
    var all = new ArrayList<>(site.postgres().processes());
    for (Node node : site.nodes()) {
      ProcessHandle.of(node.server().pid()).ifPresent(all::add);
    }
    for (ProcessHandle process : all) {
      sum = sum.plus(process.info().totalCpuDuration().orElse(Duration.ZERO));
    }
    return sum;
  }

  private static double handled(Site site) throws Exception {
    return Metrics.sum(site, "countersign_inbox_outcomes_total");
  }
}
