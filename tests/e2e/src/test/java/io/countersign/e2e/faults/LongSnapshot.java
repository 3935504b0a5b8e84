package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A snapshot stays open, as of a backup or a long report: PostgreSQL may remove no dead row version
 * meanwhile, of the inbox's waiting list, leases and of tokens either. What is handled a second in
 * its last minute is held against the time before.
 *
 * @param hotRow negative control: every outcome of a delivery also updates one row
 */
record LongSnapshot(int nodes, boolean hotRow) implements Fault {

  private static final int SENDERS = 8;
  private static final Duration SLICE = Duration.ofSeconds(60);

  /** Of the rate before, what the last slice must still have. */
  private static final double STILL = 0.6;

  private static final String HOT_ROW =
      """
      create table public.hot_row (only boolean primary key, handled bigint);
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
    double before = mean(measure("before", site, effort.phase(), report));
    List<Double> during;
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
    double after = mean(measure("after", site, effort.phase(), report));
    load.end().tell(report);
    double ratio = during.getLast() / before;
    report.figure("handled a second before", Math.round(before));
    report.figure("  in the last minute of the snapshot", Math.round(during.getLast()));
    report.figure("  afterwards", Math.round(after));
    if (ratio < STILL) {
      throw new AssertionError(
          String.format(Locale.ROOT, "under the snapshot only %.2f of the rate is left", ratio));
    }
  }

  /** Handled a second, by slices. */
  private static List<Double> measure(String name, Site site, Duration time, Report report)
      throws Exception {
    var rates = new ArrayList<Double>();
    Duration left = time;
    while (left.isPositive()) {
      Duration slice = left.compareTo(SLICE.multipliedBy(2)) < 0 ? left : SLICE;
      long start = System.nanoTime();
      double before = handled(site);
      Thread.sleep(slice); // a rate is measured over a time
      double rate = (handled(site) - before) * 1e9 / (System.nanoTime() - start);
      rates.add(rate);
      report.line(
          "%-7s %3d s: %.0f handled a second, %,.0f wait",
          name, slice.toSeconds(), rate, Metrics.sum(site, "countersign_inbox_backlog"));
      left = left.minus(slice);
    }
    return rates;
  }

  private static double handled(Site site) throws Exception {
    return Metrics.sum(site, "countersign_inbox_outcomes_total");
  }

  private static double mean(List<Double> rates) {
    return rates.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
