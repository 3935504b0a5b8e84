package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogLock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.common.AxonTransientException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitterTest {

  private final LogDatabase database = new LogDatabase();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678901234Z"));
  private Committer committer;

  @BeforeEach
  void start() {
    committer = committer(EventLogSettings.DEFAULTS);
    committer.start();
  }

  @AfterEach
  void stop() {
    committer.close();
    LogInvariants.check(database);
    database.close();
  }

  private Committer committer(EventLogSettings settings) {
    return new Committer(database.address(), now::get, meters, settings, index -> {});
  }

  @Test
  void theFirstEventHasIndexZeroAndTheNextOnesFollow() {
    assertThat(committer.append(List.of(Entries.entry("a", 0))))
        .isEqualTo(new AppendResult.Appended(0));
    assertThat(committer.append(List.of(Entries.entry("a", 1), Entries.entry("b", 0))))
        .isEqualTo(new AppendResult.Appended(1));
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void recordedAtIsTheCommittersClockInMicrosecondsAndNeverGoesBack() {
    committer.append(List.of(Entries.entry("a", 0)));
    now.set(Instant.parse("2025-01-01T00:00:00Z"));
    committer.append(List.of(Entries.entry("a", 1)));
    assertThat(database.texts("select distinct recorded_at at time zone 'UTC' from eventlog.entry"))
        .containsExactly("2026-01-02 03:04:05.678901");
  }

  @Test
  void aSequenceThatDoesNotContinueTheStoredOneIsRefused() {
    committer.append(List.of(Entries.entry("a", 0)));
    for (long wrong : new long[] {2, 7}) {
      assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", wrong))))
          .isInstanceOf(ConcurrencyException.class);
    }
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("b", 1))))
        .isInstanceOf(ConcurrencyException.class);
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", 0))))
        .isInstanceOf(AggregateStreamCreationException.class);
    assertThat(LogInvariants.check(database)).isEqualTo(1);
    assertThat(meters.counter("countersign.log.conflicts").count()).isEqualTo(4);
  }

  @Test
  void aRequestIsStoredWholeOrNotAtAll() {
    assertThatThrownBy(
            () ->
                committer.append(
                    List.of(
                        Entries.entry("a", 0),
                        Entries.entry("b", 0),
                        Entries.entry("a", 1),
                        Entries.entry("b", 2))))
        .isInstanceOf(AggregateStreamCreationException.class);
    committer.append(List.of(Entries.entry("a", 0), Entries.entry("b", 0)));
    assertThat(LogInvariants.check(database)).isEqualTo(2);
  }

  @Test
  void oneConflictAmongTwoHundredInOneBatchFailsAlone() throws Exception {
    var results = new ArrayList<CompletableFuture<AppendResult>>();
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      // the first one waits for the lock; the others gather into one batch behind it
      var first = submit(threads, Entries.entry("first", 0));
      Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 200; i++) {
        results.add(submit(threads, Entries.entry("a" + i, i == 117 ? 5 : 0)));
      }
      Eventually.until("all wait", () -> depth() == 200);
      lock.rollback();
      first.join();
      for (int i = 0; i < 200; i++) {
        CompletableFuture<AppendResult> result = results.get(i);
        if (i == 117) {
          assertThatThrownBy(result::join)
              .isInstanceOf(CompletionException.class)
              .hasCauseInstanceOf(ConcurrencyException.class);
        } else {
          assertThat(result.join()).isInstanceOf(AppendResult.Appended.class);
        }
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(200);
    assertThat(meters.get("countersign.log.append.events").summary().count()).isEqualTo(2);
  }

  @Test
  void aRowThatPostgresRefusesFailsAloneAndForGood() throws Exception {
    var good = new ArrayList<CompletableFuture<AppendResult>>();
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      var first = submit(threads, Entries.entry("first", 0));
      Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 24; i++) {
        good.add(submit(threads, Entries.entry("g" + i, 0)));
      }
      var poison = submit(threads, Entries.entry("nul \0 inside", 0));
      var invalid = submit(threads, Entries.entry("negative", -1));
      Eventually.until("all wait", () -> depth() == 26);
      lock.rollback();
      first.join();
      assertThatThrownBy(poison::join)
          .hasCauseInstanceOf(EntryRefusedException.class)
          .hasMessageContaining("SQLSTATE 22021")
          .hasMessageNotContaining("inside");
      assertThatThrownBy(invalid::join).isInstanceOf(CompletionException.class);
      for (CompletableFuture<AppendResult> result : good) {
        assertThat(result.join()).isInstanceOf(AppendResult.Appended.class);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(25);
  }

  @Test
  void aRowThatViolatesAConstraintIsRefusedWithoutItsValues() {
    committer.append(List.of(Entries.entry("a", 0)));
    database.execute("alter table eventlog.entry add constraint no_b check (aggregate_id <> 'b')");
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("b", 0))))
        .isInstanceOf(EntryRefusedException.class)
        .hasMessageContaining("23514")
        .hasNoCause();
    committer.append(List.of(Entries.entry("a", 1)));
  }

  @Test
  void whatHasNoPlaceInAnEntryIsRefusedBeforeItIsQueued() {
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("x".repeat(1025), 0))))
        .isInstanceOf(EntryRefusedException.class);
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("half \ud800", 0))))
        .isInstanceOf(EntryRefusedException.class);
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("é".repeat(513), 0))))
        .isInstanceOf(EntryRefusedException.class);
    committer.append(List.of(Entries.entry("é".repeat(512), 0)));
  }

  @Test
  void eventIdsThatAreStoredAreRecognized() {
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    var request =
        List.of(Entries.entry("a", 0, one, Set.of()), Entries.entry("a", 1, two, Set.of()));
    committer.append(request);
    assertThat(committer.append(request)).isEqualTo(new AppendResult.AlreadyStored());
    // decided anew on a newer state: still the same command
    assertThat(committer.append(List.of(Entries.entry("a", 2, one, Set.of()))))
        .isEqualTo(new AppendResult.AlreadyStored());
    assertThatThrownBy(
            () ->
                committer.append(
                    List.of(Entries.entry("a", 2, one, Set.of()), Entries.entry("a", 3))))
        .isInstanceOf(ConcurrencyException.class);
    assertThat(LogInvariants.check(database)).isEqualTo(2);
  }

  @Test
  void theSameRequestTwiceInTheQueueIsStoredOnce() throws Exception {
    var entry = Entries.entry("a", 0);
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      var first = submit(threads, Entries.entry("first", 0));
      Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
      var once = submit(threads, entry);
      Eventually.until("one waits", () -> depth() == 1);
      var twice = submit(threads, entry);
      Eventually.until("both wait", () -> depth() == 2);
      lock.rollback();
      first.join();
      assertThat(once.join()).isEqualTo(new AppendResult.Appended(1));
      assertThat(twice.join()).isEqualTo(new AppendResult.AlreadyStored());
    }
  }

  @Test
  void anEventThatUsesADestroyedKeyIsRefusedForGoodAndAlone() {
    UUID alive = UUID.randomUUID();
    UUID dead = UUID.randomUUID();
    database.execute(
        "insert into eventlog.data_key (id, owner, purpose, created_at, destroyed_at) values ('"
            + alive
            + "', 'o', 'p', now(), null), ('"
            + dead
            + "', 'o', 'p', now(), now())");
    committer.append(List.of(Entries.entry("a", 0, UUID.randomUUID(), Set.of(alive))));
    assertThatThrownBy(
            () ->
                committer.append(
                    List.of(Entries.entry("a", 1, UUID.randomUUID(), Set.of(alive, dead)))))
        .isInstanceOf(EntryRefusedException.class);
    committer.append(List.of(Entries.entry("a", 1)));
  }

  @Test
  void aFullQueueRejectsBeforeAnythingBegins() throws Exception {
    var small = committer(EventLogSettings.DEFAULTS.withQueueCapacity(3));
    small.start();
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      small.admit();
      holdTheLock(lock);
      var sent = threads.submit(() -> small.append(List.of(Entries.entry("sent", 0))));
      Eventually.until("one is sent", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 3; i++) {
        String id = "q" + i;
        threads.submit(() -> small.append(List.of(Entries.entry(id, 0))));
      }
      Eventually.until(
          "the queue is full",
          () -> {
            try {
              small.admit();
              return false;
            } catch (LogOverloadedException e) {
              return true;
            }
          });
      lock.rollback();
      sent.get();
    }
    small.admit();
    small.close();
    assertThat(LogInvariants.check(database)).isEqualTo(4);
  }

  @Test
  void anInterruptDoesNotEndTheWait() throws Exception {
    var outcome = new CompletableFuture<AppendResult>();
    try (var lock = database.pool().getConnection()) {
      holdTheLock(lock);
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    outcome.complete(committer.append(List.of(Entries.entry("a", 0))));
                  });
      Eventually.until("it is sent", () -> waitingForTheLock() == 1);
      caller.interrupt();
      lock.rollback();
      assertThat(outcome.join()).isEqualTo(new AppendResult.Appended(0));
    }
  }

  @Test
  void closingCommitsWhatWaitsAndTakesNothingMore() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<AppendResult> last;
      Thread closing;
      try (var lock = database.pool().getConnection()) {
        holdTheLock(lock);
        var first = submit(threads, Entries.entry("a", 0));
        Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
        last = submit(threads, Entries.entry("b", 0));
        Eventually.until("one waits", () -> depth() == 1);
        closing = Thread.ofVirtual().start(committer::close);
        Eventually.until("closed", () -> !accepts());
        lock.rollback();
        first.join();
      }
      assertThat(last.join()).isEqualTo(new AppendResult.Appended(1));
      closing.join();
    }
  }

  private boolean accepts() {
    try {
      committer.append(List.of(Entries.entry("never", 3)));
      return true;
    } catch (LogUnavailableException e) {
      return false;
    } catch (ConcurrencyException e) {
      return true;
    }
  }

  @Test
  void theLockWaitEndsByItselfAndNothingIsStored() throws Exception {
    var hasty = committer(EventLogSettings.DEFAULTS.withStatementTimeout(Duration.ofMillis(250)));
    hasty.start();
    try (var lock = database.pool().getConnection()) {
      holdTheLock(lock);
      assertThatThrownBy(() -> hasty.append(List.of(Entries.entry("a", 0))))
          .isInstanceOf(LogUnavailableException.class)
          .isInstanceOf(AxonTransientException.class);
      lock.rollback();
    }
    assertThat(hasty.append(List.of(Entries.entry("a", 0))))
        .isEqualTo(new AppendResult.Appended(0));
    hasty.close();
  }

  @Test
  void theLogRefusesChangesByHand() {
    committer.append(List.of(Entries.entry("a", 0)));
    for (String change :
        List.of(
            "update eventlog.entry set name = 'x'",
            "delete from eventlog.entry",
            "truncate eventlog.entry",
            "delete from eventlog.log",
            "update eventlog.log set log_id = gen_random_uuid()")) {
      assertThatThrownBy(() -> database.execute(change)).hasStackTraceContaining("append only");
    }
  }

  @Test
  void anOversizedRequestGoesAlone() {
    var many = new ArrayList<NewEntry>();
    for (int i = 0; i < 1_000; i++) {
      many.add(Entries.entry("a", i));
    }
    assertThat(committer.append(many)).isEqualTo(new AppendResult.Appended(0));
    assertThat(LogInvariants.check(database)).isEqualTo(1_000);
  }

  @Test
  void theDefaultClockIsUsable() {
    var other =
        new Committer(
            database.address(),
            Clock.system(ZoneOffset.UTC),
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS,
            index -> {});
    other.start();
    other.append(List.of(Entries.entry("a", 0)));
    other.close();
  }

  private CompletableFuture<AppendResult> submit(
      java.util.concurrent.Executor threads, NewEntry entry) {
    return CompletableFuture.supplyAsync(() -> committer.append(List.of(entry)), threads);
  }

  private double depth() {
    return meters.get("countersign.log.queue.depth").gauge().value();
  }

  private static void holdTheLock(java.sql.Connection connection) throws Exception {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LogLock.KEY + ")");
    }
  }

  private long waitingForTheLock() {
    return database.number(
        "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            + " and database = (select oid from pg_database where datname = current_database())");
  }
}
