package io.countersign.benchmarks;

import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One PostgreSQL and several writers on one log. */
final class Fleet implements AutoCloseable {

  private final Path directory;
  private final KillablePostgres postgres;
  private final DatabaseAddress address;
  private final List<WriterProcess> writers = new ArrayList<>();

  /**
   * Starts all.
   *
   * @param directory for the database's files and the ledgers
   * @param sharedPercent how many of a hundred commands go to aggregates of all writers
   */
  Fleet(Path directory, int writers, int threads, int sharedPercent) throws IOException {
    this.directory = directory;
    this.postgres = KillablePostgres.start(Files.createDirectories(directory.resolve("pg")));
    this.address = postgres.newLog("crash");
    for (int i = 0; i < writers; i++) {
      Path ledger = directory.resolve("writer-" + i + ".ledger");
      this.writers.add(
          new WriterProcess(
              new LogWriter.Orders(address.url(), ledger, i, threads, sharedPercent)));
    }
  }

  DatabaseAddress address() {
    return address;
  }

  KillablePostgres postgres() {
    return postgres;
  }

  List<WriterProcess> writers() {
    return writers;
  }

  /** Events that were acknowledged so far. */
  long acknowledged() throws IOException {
    return follow(line -> {});
  }

  /** The same, showing each line that came since the last call. */
  long follow(Consumer<Acknowledged> lines) throws IOException {
    long sum = 0;
    for (WriterProcess writer : writers) {
      writer.tail().more().forEach(lines);
      sum += writer.tail().events();
    }
    return sum;
  }

  /** Waits until each writer was acknowledged so many events, or fails when one is gone. */
  void awaitAllWriting(long events) throws IOException {
    await(
        () -> {
          try {
            acknowledged();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return writers.stream().allMatch(writer -> writer.tail().events() >= events);
        });
  }

  /** Waits for a condition while all writers live. */
  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      for (WriterProcess writer : writers) {
        if (!writer.isAlive()) {
          throw new IllegalStateException("a writer ended; see the .err files in " + directory);
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Lets all writers finish; their exit codes. */
  List<Integer> finish() throws IOException, InterruptedException {
    var codes = new ArrayList<Integer>();
    for (WriterProcess writer : writers) {
      codes.add(writer.finish());
    }
    return codes;
  }

  /** Checks the log against the ledgers. */
  LogCheck.Result check() throws IOException {
    try (var pool = CounterNode.pool(address)) {
      return LogCheck.of(pool, writers.stream().map(WriterProcess::ledger).toList());
    }
  }

  @Override
  public void close() throws IOException {
    writers.forEach(WriterProcess::close);
    postgres.close();
  }
}
