package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogInvariants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HaltTest extends CommitterFixture {

  private final Halts halts = new Halts(database.pool());

  @Test
  void whileARowStandsNothingIsAppendedAndAfterItEverythingGoesOn() throws Exception {
    committer.append(List.of(Entries.entry("a", 0)));
    halts.set("ROLLED_BACK", "example.com/log", 1, "words", "node-1");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", 1))))
          .isInstanceOf(LogHaltedException.class)
          .hasMessageContaining("countersign audit status");
    }
    assertThat(LogInvariants.check(database)).isEqualTo(1);
    halts.clear();
    assertThat(committer.append(List.of(Entries.entry("a", 1))))
        .isEqualTo(new AppendResult.Appended(1));
  }

  @Test
  void aWholeBatchIsRefusedAsOneAndNotTakenApart() throws Exception {
    List<CompletableFuture<AppendResult>> all = new ArrayList<>();
    halts.set("FORKED", "example.com/log", 0, "words", "node-1");
    try (var lock = database.address().connect("test");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      all.add(submit(threads, Entries.entry("first", 0)));
      Eventually.until("it waits", () -> waitingForTheLock() == 1);
      for (int i = 0; i < 20; i++) {
        all.add(submit(threads, Entries.entry("a" + i, 0)));
      }
      Eventually.until("all wait", () -> depth() == 20);
      lock.rollback();
      for (var one : all) {
        assertThatThrownBy(one::join)
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(LogHaltedException.class);
      }
    }
    assertThat(meters.counter("countersign.log.refused").count()).isZero();
    assertThat(LogInvariants.check(database)).isZero();
  }

  @Test
  void whoHaltsWaitsForTheAppendUnderWay() throws Exception {
    try (var lock = database.address().connect("test");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      var set =
          threads.submit(
              () -> {
                halts.set("FORKED", "example.com/log", 0, "words", "node-1");
                return true;
              });
      Eventually.until("it waits", () -> waitingForTheLock() == 1);
      assertThat(set.isDone()).isFalse();
      assertThat(halts.current()).isEmpty();
      lock.rollback();
      set.get();
    }
    assertThat(halts.current()).isPresent();
  }

  @Test
  void thereIsOneRowAndItsMomentStaysWhileTheReasonDoes() throws Exception {
    halts.set("FORKED", "example.com/log", 3, "words", "node-1");
    Instant since = halts.current().orElseThrow().since();
    halts.set("FORKED", "example.com/log", 3, "other words", "node-2");
    assertThat(halts.current())
        .contains(new Halt("FORKED", "example.com/log", 3, "other words", "node-2", since));
    halts.set("ROLLED_BACK", "example.com/log", 2, "words", "node-2");
    assertThat(halts.current().orElseThrow().since()).isAfter(since);
    assertThat(database.number("select count(*) from eventlog.halt")).isOne();
  }

  @Test
  void everyNodeHearsOfItWithoutAskingForEachRequest() throws Exception {
    try (var watch = new HaltWatch(halts)) {
      watch.start();
      assertThat(watch.current()).isEmpty();
      halts.set("FORKED", "example.com/log", 3, "words", "node-1");
      watch.look();
      assertThat(watch.current()).isPresent();
      assertThat(Outage.behind(new LogHaltedException())).contains(Outage.LOG_HALTED);
      halts.clear();
      watch.look();
      assertThat(watch.current()).isEmpty();
    }
  }
}
