package io.countersign.eventlog.append;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogLock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A committer on a database of its own, and ways to hold it up. */
abstract class CommitterFixture {

  protected final LogDatabase database = new LogDatabase();
  protected final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  protected final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678901234Z"));
  protected Committer committer;

  @BeforeEach
  void start() {
    // tests hold the lock while they set the stage, on a machine that may be busy
    committer = committer(EventLogSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(20)));
    committer.start();
  }

  @AfterEach
  void stop() {
    committer.close();
    LogInvariants.check(database);
    database.close();
  }

  protected Committer committer(EventLogSettings settings) {
    return new Committer(database.address(), now::get, meters, settings, (index, entries) -> {});
  }

  protected CompletableFuture<AppendResult> submit(
      java.util.concurrent.Executor threads, NewEntry entry) {
    return CompletableFuture.supplyAsync(() -> committer.append(List.of(entry)), threads);
  }

  protected double depth() {
    return meters.get("countersign.log.queue.depth").gauge().value();
  }

  protected static void holdTheLock(java.sql.Connection connection) throws Exception {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LogLock.KEY + ")");
    }
  }

  protected long waitingForTheLock() {
    return database.number(
        "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            + " and database = (select oid from pg_database where datname = current_database())");
  }
}
