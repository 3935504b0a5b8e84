package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.TcpProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line to the database is cut at every bad moment: one success, no conflict, no guess. */
class UnknownOutcomeTest {

  private final LogDatabase database = new LogDatabase();
  private final TcpProxy proxy = new TcpProxy(LogDatabase.port());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Committer committer;

  @BeforeEach
  void start() {
    committer = committer(EventLogSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(20)));
    committer.start();
  }

  @AfterEach
  void stop() {
    committer.close();
    proxy.close();
    LogInvariants.check(database);
    database.close();
  }

  private Committer committer(EventLogSettings settings) {
    return new Committer(
        database.through(proxy.port()),
        Clock.systemUTC(),
        meters,
        settings,
        (index, entries) -> {});
  }

  @Test
  void anAnswerThatIsLostAfterTheCommitIsASuccess() {
    committer.append(List.of(Entries.entry("a", 0)));
    proxy.swallowAnswers(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var result = submit(threads, Entries.entry("a", 1));
      Eventually.until("committed", () -> entries() == 2);
      proxy.swallowAnswers(false);
      proxy.cut();
      assertThat(result.join()).isEqualTo(new AppendResult.AlreadyStored());
    }
    assertThat(LogInvariants.check(database)).isEqualTo(2);
    assertThat(meters.counter("countersign.log.outcomes.unknown").count()).isEqualTo(1);
    assertThat(meters.counter("countersign.log.outcomes.settled").count()).isEqualTo(1);
    assertThat(meters.counter("countersign.log.conflicts").count()).isZero();
  }

  @Test
  void aStatementThatNeverArrivedIsSentAgain() {
    committer.append(List.of(Entries.entry("a", 0)));
    proxy.cut();
    assertThat(committer.append(List.of(Entries.entry("a", 1))))
        .isEqualTo(new AppendResult.Appended(1));
  }

  @Test
  void aCommitThatWaitsForAStandbyAndIsCutIsOneSuccess() throws Exception {
    var settings = EventLogSettings.DEFAULTS.withStatementTimeout(Duration.ofMillis(400));
    var patient = committer(settings);
    patient.start();
    patient.append(List.of(Entries.entry("a", 0)));
    waitForAStandby(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<CompletableFuture<AppendResult>>();
      results.add(
          CompletableFuture.supplyAsync(
              () -> patient.append(List.of(Entries.entry("a", 1), Entries.entry("b", 0))),
              threads));
      Eventually.until("the commit waits for the standby", () -> commitsThatWait() == 1);
      proxy.cut();
      // reconnected and waiting for the lock that the cut commit still holds: nobody guesses
      Eventually.until("it waits for the lock", () -> waitingForTheLock() == 1);
      assertThat(results.getFirst()).isNotDone();
      assertThat(entries()).as("nothing is visible yet").isEqualTo(1);
      waitForAStandby(false);
      assertThat(results.getFirst().join()).isEqualTo(new AppendResult.AlreadyStored());
    } finally {
      waitForAStandby(false);
    }
    patient.close();
    assertThat(LogInvariants.check(database)).isEqualTo(3);
    assertThat(meters.counter("countersign.log.conflicts").count()).isZero();
  }

  @Test
  void aCommitWhoseBackendIsTerminatedWhileItWaitsIsOneSuccess() throws Exception {
    var settings = EventLogSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(2));
    var patient = committer(settings);
    patient.start();
    patient.append(List.of(Entries.entry("a", 0)));
    waitForAStandby(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var result =
          CompletableFuture.supplyAsync(
              () -> patient.append(List.of(Entries.entry("a", 1))), threads);
      Eventually.until("the commit waits for the standby", () -> commitsThatWait() == 1);
      database.texts(
          "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
      Eventually.until("it is committed here", () -> entries() == 2);
      waitForAStandby(false);
      assertThat(result.join()).isEqualTo(new AppendResult.AlreadyStored());
    } finally {
      waitForAStandby(false);
    }
    patient.close();
    assertThat(LogInvariants.check(database)).isEqualTo(2);
  }

  @Test
  void aServerThatStaysAwayLeavesTheOutcomeUnknownAndTheSameMessageSettlesIt() {
    var hasty = committer(EventLogSettings.DEFAULTS.withSettleFor(Duration.ofMillis(300)));
    hasty.start();
    hasty.append(List.of(Entries.entry("a", 0)));
    NewEntry entry = Entries.entry("a", 1);
    proxy.swallowAnswers(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var result = CompletableFuture.supplyAsync(() -> hasty.append(List.of(entry)), threads);
      Eventually.until("committed", () -> entries() == 2);
      proxy.refuse(true);
      proxy.cut();
      assertThatThrownBy(result::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }
    // nothing is under way now: a new request fails at once, and is known not to be stored
    assertThatThrownBy(() -> hasty.append(List.of(Entries.entry("b", 0))))
        .isInstanceOf(LogUnavailableException.class);
    proxy.swallowAnswers(false);
    proxy.refuse(false);
    assertThat(hasty.append(List.of(entry))).isEqualTo(new AppendResult.AlreadyStored());
    hasty.close();
    assertThat(LogInvariants.check(database)).isEqualTo(2);
  }

  @Test
  void aNodeThatStandsStillInsideAnAppendHoldsNothing() throws Exception {
    committer.append(List.of(Entries.entry("a", 0)));
    var other =
        new Committer(
            database.address(),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS,
            (index, entries) -> {});
    other.start();
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lock.setAutoCommit(false);
      try (var statement = lock.createStatement()) {
        statement.execute(
            "select pg_advisory_xact_lock(" + io.countersign.eventlog.LogLock.KEY + ")");
      }
      var stopped = submit(threads, Entries.entry("a", 1));
      Eventually.until("it is inside the append", () -> waitingForTheLock() == 1);
      proxy.freeze(true);
      lock.rollback();
      // the other node appends without waiting for the one that stands still
      assertThat(other.append(List.of(Entries.entry("b", 0))))
          .isInstanceOf(AppendResult.Appended.class);
      assertThat(entries()).isEqualTo(3);
      assertThat(stopped).isNotDone();
      proxy.freeze(false);
      assertThat(stopped.join()).isInstanceOf(AppendResult.Appended.class);
    }
    other.close();
  }

  @Test
  void aBatchThatIsCutIsNotTakenApart() throws Exception {
    committer.append(List.of(Entries.entry("a", 0)));
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lock.setAutoCommit(false);
      try (var statement = lock.createStatement()) {
        statement.execute(
            "select pg_advisory_xact_lock(" + io.countersign.eventlog.LogLock.KEY + ")");
      }
      var results = new ArrayList<CompletableFuture<AppendResult>>();
      results.add(submit(threads, Entries.entry("first", 0)));
      Eventually.until("sent", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 20; i++) {
        results.add(submit(threads, Entries.entry("g" + i, 0)));
      }
      Eventually.until(
          "all wait", () -> meters.get("countersign.log.queue.depth").gauge().value() == 20);
      proxy.cut();
      Eventually.until("the lock is asked for again", () -> waitingForTheLock() >= 1);
      lock.rollback();
      results.forEach(CompletableFuture::join);
    }
    assertThat(LogInvariants.check(database)).isEqualTo(22);
    assertThat(meters.get("countersign.log.append.events").summary().count()).isEqualTo(3);
    assertThat(meters.counter("countersign.log.conflicts").count()).isZero();
  }

  private CompletableFuture<AppendResult> submit(Executor threads, NewEntry entry) {
    return CompletableFuture.supplyAsync(() -> committer.append(List.of(entry)), threads);
  }

  private long entries() {
    return database.number("select count(*) from eventlog.entry");
  }

  private long commitsThatWait() {
    return database.number(
        "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"
            + " and datname = current_database()");
  }

  private long waitingForTheLock() {
    return database.number(
        "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            + " and database = (select oid from pg_database where datname = current_database())");
  }

  /**
   * Commits wait for a standby that does not exist, or no longer do.
   *
   * <p>It is the checkpointer that tells the backends, and in the middle of a checkpoint it may
   * take its time: that the server shows the new setting does not say that commits wait already.
   * One that does says so.
   */
  private void waitForAStandby(boolean wait) {
    database.execute(
        "alter system set synchronous_standby_names to '" + (wait ? "nobody" : "") + "'");
    database.execute("select pg_reload_conf()");
    if (wait) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Eventually.until("commits wait", () -> aCommitWaits(threads));
      }
    }
  }

  private boolean aCommitWaits(Executor threads) {
    var probe =
        CompletableFuture.runAsync(
            () -> database.texts("select pg_logical_emit_message(true, 'probe', '')"), threads);
    while (!probe.isDone()) {
      if (commitsThatWait() == 1) {
        database.texts(
            "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"
                + " and datname = current_database()");
        probe.join();
        return true;
      }
    }
    return false;
  }
}
