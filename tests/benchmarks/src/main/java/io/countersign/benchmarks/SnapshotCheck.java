package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends under load before, during and after a REPEATABLE READ snapshot that stays open. A design
 * that updates a row with each append falls to a fraction within a minute and keeps falling
 * (event-store research: 4,600 to 530 a second); {@code hot-row} shows that this check would see
 * it.
 */
public final class SnapshotCheck {

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration SLICE = Duration.ofSeconds(60);
  private static final int WRITERS = 2;
  private static final int THREADS = 8;

  /** Of the rate before, what the last slice under the snapshot must still have. */
  private static final double STILL = 0.6;

  private static final String HOT_ROW =
      """
      create table public.hot_head (id boolean primary key, last bigint);
      insert into public.hot_head values (true, -1);
      create function public.touch_head() returns trigger language plpgsql as $$
      begin
        update public.hot_head set last = (select max(index) from entries);
        return null;
      end $$;
      create trigger hot_head after insert on eventlog.entry
        referencing new table as entries for each statement execute function public.touch_head();
      """;

  private SnapshotCheck() {}

  /** Latencies of what was acknowledged, one number each. */
  private static final class Micros {

    private long[] values = new long[1 << 16];
    private int count;

    void add(long value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    Percentiles percentiles() {
      return new Percentiles(Arrays.copyOf(values, count));
    }
  }

  /** A part and its last slice. */
  private record Part(Percentiles all, double rate, double lastRate) {}

  /**
   * {@code [seconds before and after] [seconds of the snapshot] [hot-row]}; with one number all
   * parts take it. Exit code 0: nothing is wrong with the log, and the last minute under the
   * snapshot has at least 0.6 of the rate before. With {@code hot-row}, appends also update one
   * row, which has to fail.
   */
  public static void main(String[] args) throws Exception {
    Duration around = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 60);
    Duration open = args.length > 1 ? Duration.ofSeconds(Integer.parseInt(args[1])) : around;
    boolean hotRow = args.length > 2 && args[2].equals("hot-row");
    System.exit(holds(around, open, hotRow) ? 0 : 1);
  }

  private static boolean holds(Duration around, Duration open, boolean hotRow) throws Exception {
    Path directory = Files.createTempDirectory("countersign-snapshot");
    try (var fleet = new Fleet(directory, WRITERS, THREADS, 0)) {
      if (hotRow) {
        try (Connection connection = fleet.address().connect("countersign hot row");
            var statement = connection.createStatement()) {
          statement.execute(HOT_ROW);
        }
      }
      fleet.awaitAllWriting(1);
      slice(fleet, WARM_UP, new Micros());
      System.out.printf(
          "%d writers of %d threads, no shared aggregates, %d s, %d s with the snapshot, %d s,"
              + " warm-up %d s%s%n",
          WRITERS,
          THREADS,
          around.toSeconds(),
          open.toSeconds(),
          around.toSeconds(),
          WARM_UP.toSeconds(),
          hotRow ? ", each append updates one row" : "");
      Part before = measure(fleet, "before", around);
      Part during;
      try (Connection snapshot = open(fleet)) {
        during = measure(fleet, "during", open);
        snapshot.rollback();
      }
      measure(fleet, "after", around);
      System.out.printf(
          "p99 during / before: %.2f   rate, last slice during / before: %.2f%n",
          during.all.millis(0.99) / before.all.millis(0.99), during.lastRate / before.rate);
      fleet.finish();
      LogCheck.Result log = fleet.check();
      System.out.printf("entries %,d, violations %s%n", log.entries(), log.violations());
      boolean holds = log.violations().isEmpty() && during.lastRate >= STILL * before.rate;
      System.out.println(holds ? "HOLDS" : "BROKEN");
      return holds;
    }
  }

  private static Connection open(Fleet fleet) throws SQLException {
    Connection snapshot = fleet.address().connect("countersign snapshot");
    snapshot.setAutoCommit(false);
    snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = snapshot.createStatement()) {
      statement.execute("select index from eventlog.entry order by index desc limit 1");
      statement.execute("select pg_current_xact_id()"); // holds back cleaning by both horizons
    }
    return snapshot;
  }

  private static Part measure(Fleet fleet, String name, Duration time) throws IOException {
    var all = new Micros();
    fleet.acknowledged();
    long start = System.nanoTime();
    double lastRate = 0;
    for (Duration left = time; left.isPositive(); left = left.minus(SLICE)) {
      Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      int before = all.count;
      long sliceStart = System.nanoTime();
      slice(fleet, slice, all);
      double rate = (all.count - before) * 1e9 / (System.nanoTime() - sliceStart);
      if (time.compareTo(SLICE) > 0) {
        System.out.printf("%-7s minute: %,.0f commands/s%n", name, rate);
      }
      if (slice.multipliedBy(2).compareTo(SLICE) >= 0 || lastRate == 0) {
        lastRate = rate; // a short rest says too little
      }
    }
    double rate = all.count * 1e9 / (System.nanoTime() - start);
    Percentiles commands = all.percentiles();
    System.out.printf("%-7s %s   %,.0f commands/s%n", name, commands, rate);
    return new Part(commands, rate, lastRate);
  }

  private static void slice(Fleet fleet, Duration time, Micros took) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(200_000_000);
      fleet.follow(
          line -> {
            if (line.ordinal() == 0) {
              took.add(line.tookMicros());
            }
          });
    }
  }
}
