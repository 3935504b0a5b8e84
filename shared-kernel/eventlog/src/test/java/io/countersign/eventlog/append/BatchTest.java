package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogInvariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.axonframework.common.AxonTransientException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** Many requests in one statement: the lock is held while they gather. */
class BatchTest extends CommitterFixture {

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
      var another = submit(threads, Entries.entry("another \0", 0));
      Eventually.until("all wait", () -> depth() == 26);
      lock.rollback();
      first.join();
      assertThatThrownBy(poison::join)
          .hasCauseInstanceOf(EntryRefusedException.class)
          .hasMessageContaining("SQLSTATE 22021")
          .hasMessageNotContaining("inside");
      assertThatThrownBy(another::join).hasCauseInstanceOf(EntryRefusedException.class);
      for (CompletableFuture<AppendResult> result : good) {
        assertThat(result.join()).isInstanceOf(AppendResult.Appended.class);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(25);
  }

  @Test
  void anEventThatIsNoEntryIsNotEvenQueued() {
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("negative", -1))))
        .isInstanceOf(EntryRefusedException.class);
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a".repeat(1025), 0))))
        .isInstanceOf(EntryRefusedException.class)
        .hasMessageContaining("aggregate id");
    assertThat(LogInvariants.check(database)).isZero();
  }

  @Test
  void aFullDiskFailsAllAsTransientAndTakesNothingApart() throws Exception {
    committer.append(List.of(Entries.entry("a", 0)));
    database.execute(
        "create function full_disk() returns trigger language plpgsql as $$ begin"
            + " raise exception 'no space left' using errcode = '53100'; end $$");
    database.execute(
        "create trigger full_disk before insert on eventlog.entry execute function full_disk()");
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      var results = new ArrayList<CompletableFuture<AppendResult>>();
      results.add(submit(threads, Entries.entry("first", 0)));
      Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 10; i++) {
        results.add(submit(threads, Entries.entry("g" + i, 0)));
      }
      Eventually.until("all wait", () -> depth() == 10);
      lock.rollback();
      for (CompletableFuture<AppendResult> result : results) {
        assertThatThrownBy(result::join).hasCauseInstanceOf(LogUnavailableException.class);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(1);
    database.execute("drop trigger full_disk on eventlog.entry");
    committer.append(List.of(Entries.entry("g3", 0)));
    assertThat(meters.counter("countersign.log.refused").count()).isZero();
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
  void aFullQueueRejectsBeforeAnythingBegins() throws Exception {
    var small =
        committer(
            EventLogSettings.DEFAULTS
                .withStatementTimeout(Duration.ofSeconds(20))
                .withQueueCapacity(3));
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
      try (var lock = database.pool().getConnection()) {
        holdTheLock(lock);
        var first = submit(threads, Entries.entry("a", 0));
        Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
        var last = submit(threads, Entries.entry("b", 0));
        Eventually.until("one waits", () -> depth() == 1);
        Thread closing = Thread.ofVirtual().start(committer::close);
        Eventually.until("closing", () -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThatThrownBy(() -> committer.append(List.of(Entries.entry("c", 0))))
            .isInstanceOf(LogUnavailableException.class);
        lock.rollback();
        first.join();
        assertThat(last.join()).isEqualTo(new AppendResult.Appended(1));
        closing.join();
      }
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
}
