package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/** Appends under load before, during and after a REPEATABLE READ snapshot that stays open. */
public final class SnapshotCheck {

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final int WRITERS = 2;
  private static final int THREADS = 8;

  private SnapshotCheck() {}

  /** {@code [seconds of each part]}. Reports; the promise is p99 during under 1.2 times before. */
  public static void main(String[] args) throws Exception {
    Duration part = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 60);
    System.exit(holds(part) ? 0 : 1);
  }

  private static boolean holds(Duration part) throws Exception {
    Path directory = Files.createTempDirectory("countersign-snapshot");
    try (var fleet = new Fleet(directory, WRITERS, THREADS, 0)) {
      fleet.awaitAllWriting(1);
      measure(fleet, WARM_UP);
      System.out.printf(
          "%d writers of %d threads, no shared aggregates, %d s each, warm-up %d s%n",
          WRITERS, THREADS, part.toSeconds(), WARM_UP.toSeconds());
      Percentiles before = report("before", measure(fleet, part), part);
      Percentiles during;
      try (Connection snapshot = open(fleet)) {
        during = report("during", measure(fleet, part), part);
        snapshot.rollback();
      }
      report("after", measure(fleet, part), part);
      System.out.printf("p99 during / before: %.2f%n", during.millis(0.99) / before.millis(0.99));
      fleet.finish();
      LogCheck.Result log = fleet.check();
      System.out.printf("entries %,d, violations %s%n", log.entries(), log.violations());
      return log.violations().isEmpty();
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

  private static Percentiles measure(Fleet fleet, Duration time) throws IOException {
    var took = new ArrayList<Long>();
    fleet.acknowledged();
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
    return new Percentiles(took.stream().mapToLong(Long::longValue).toArray());
  }

  private static Percentiles report(String name, Percentiles commands, Duration time) {
    System.out.printf(
        "%-7s %s   %,d commands/s%n", name, commands, commands.count() / time.toSeconds());
    return commands;
  }
}
