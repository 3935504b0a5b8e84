package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogInvariants;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** Batches linked by the committer: the same log as if the function had linked them. */
class LinkingTest extends CommitterFixture {

  @Test
  void theFirstBatchIsLinkedByTheDatabaseTheNextOnesHere() {
    committer.append(List.of(Entries.entry("a", 0)));
    assertThat(linked()).isZero();
    committer.append(List.of(Entries.entry("a", 1), Entries.entry("b", 0), Entries.entry("a", 2)));
    committer.append(List.of(Entries.entry("b", 1), Entries.entry("b", 2)));
    assertThat(linked()).isEqualTo(2);
    assertThat(LogInvariants.check(database)).isEqualTo(6);
  }

  @Test
  void whenAnotherNodeMovedTheHeadNothingRememberedCounts() {
    committer.append(List.of(Entries.entry("a", 0)));
    try (Committer other = other()) {
      other.append(List.of(Entries.entry("a", 1)));
      // remembered here: a has sequence 0 and the log one entry
      assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", 1))))
          .isInstanceOf(ConcurrencyException.class);
      other.append(List.of(Entries.entry("a", 2)));
      assertThat(committer.append(List.of(Entries.entry("a", 3), Entries.entry("b", 0))))
          .isEqualTo(new AppendResult.Appended(3));
    }
    assertThat(LogInvariants.check(database)).isEqualTo(5);
  }

  @Test
  void whatWasLinkedToAnOldHeadIsLinkedAnewByTheDatabase() {
    committer.append(List.of(Entries.entry("a", 0)));
    try (Committer other = other()) {
      other.append(List.of(Entries.entry("b", 0)));
      assertThat(committer.append(List.of(Entries.entry("c", 0))))
          .isEqualTo(new AppendResult.Appended(2));
    }
    assertThat(linked()).isZero();
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void twoNodesByTurnsAndTogetherMakeOneChain() throws Exception {
    try (Committer other = other();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<CompletableFuture<AppendResult>>();
      for (int thread = 0; thread < 16; thread++) {
        Committer mine = thread % 2 == 0 ? committer : other;
        String aggregate = "t" + thread;
        results.add(
            CompletableFuture.supplyAsync(
                () -> {
                  for (int i = 0; i < 49; i++) {
                    mine.append(List.of(Entries.entry(aggregate, i)));
                  }
                  return mine.append(List.of(Entries.entry(aggregate, 49)));
                },
                threads));
      }
      for (CompletableFuture<AppendResult> result : results) {
        assertThat(result.join()).isInstanceOf(AppendResult.Appended.class);
      }
    }
    // strictly by turns no head ever holds; alone again, the second one's does for sure
    double before = linked();
    committer.append(List.of(Entries.entry("alone", 0)));
    committer.append(List.of(Entries.entry("alone", 1)));
    assertThat(linked()).as("batches linked by their committer").isGreaterThan(before);
    assertThat(LogInvariants.check(database)).isEqualTo(16 * 50 + 2);
  }

  @Test
  void aSequenceThatDoesNotContinueIsRefusedThoughTheHeadIsKnown() {
    committer.append(List.of(Entries.entry("a", 0)));
    committer.append(List.of(Entries.entry("a", 1)));
    for (long tooFar : new long[] {3, 4}) { // what was refused must not be continued either
      assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", tooFar))))
          .isInstanceOf(ConcurrencyException.class);
    }
    committer.append(List.of(Entries.entry("a", 2)));
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void anAggregateThatIsNotRememberedIsLookedUp() {
    committer.append(List.of(Entries.entry("a", 0)));
    try (Committer other = other()) {
      other.append(List.of(Entries.entry("b", 0))); // knows the head now, nothing of a
      assertThatThrownBy(() -> other.append(List.of(Entries.entry("a", 0))))
          .as("taken for new and linked, then refused by its sequence")
          .isInstanceOf(AggregateStreamCreationException.class);
      assertThatThrownBy(() -> other.append(List.of(Entries.entry("a", 2))))
          .isInstanceOf(ConcurrencyException.class);
      assertThat(other.append(List.of(Entries.entry("a", 1))))
          .isEqualTo(new AppendResult.Appended(2));
    }
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void aRepeatedEventIdInALinkedBatchFailsNobodyElse() throws Exception {
    UUID id = UUID.randomUUID();
    committer.append(List.of(Entries.entry("a", 0, id, Set.of())));
    var results = new ArrayList<CompletableFuture<AppendResult>>();
    try (var lock = database.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holdTheLock(lock);
      results.add(submit(threads, Entries.entry("first", 0)));
      Eventually.until("the first is sent", () -> waitingForTheLock() == 1);
      // as sent by somebody who decided anew: it continues the aggregate
      var repeated = submit(threads, Entries.entry("a", 1, id, Set.of()));
      for (int i = 0; i < 5; i++) {
        results.add(submit(threads, Entries.entry("g" + i, 0)));
      }
      Eventually.until("all wait", () -> depth() == 6);
      lock.rollback();
      assertThat(repeated.join()).isEqualTo(new AppendResult.AlreadyStored());
      for (CompletableFuture<AppendResult> result : results) {
        assertThat(result.join()).isInstanceOf(AppendResult.Appended.class);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(7);
    assertThat(meters.counter("countersign.log.outcomes.unknown").count()).isZero();
    assertThat(meters.counter("countersign.log.refused").count()).isZero();
  }

  @Test
  void aDestroyedKeyIsSeenInALinkedBatchToo() {
    UUID dead = UUID.randomUUID();
    database.execute(
        "insert into eventlog.data_key (id, owner, purpose, created_at, destroyed_at) values ('"
            + dead
            + "', 'o', 'p', now(), now())");
    committer.append(List.of(Entries.entry("a", 0)));
    committer.append(List.of(Entries.entry("a", 1)));
    assertThatThrownBy(
            () -> committer.append(List.of(Entries.entry("a", 2, UUID.randomUUID(), Set.of(dead)))))
        .isInstanceOf(EntryRefusedException.class);
    committer.append(List.of(Entries.entry("a", 2)));
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void afterARefusedRowTheChainGoesOn() {
    committer.append(List.of(Entries.entry("a", 0)));
    assertThatThrownBy(() -> committer.append(List.of(Entries.entry("nul \0", 0))))
        .isInstanceOf(EntryRefusedException.class);
    committer.append(List.of(Entries.entry("a", 1)));
    committer.append(List.of(Entries.entry("a", 2)));
    assertThat(linked()).isEqualTo(1);
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  @Test
  void aLogThatWasSetBackIsLinkedToWhereItIsNow() {
    committer.append(List.of(Entries.entry("a", 0)));
    committer.append(List.of(Entries.entry("a", 1)));
    // a failover to a standby that was behind: the same length again, other entries
    database.execute("alter table eventlog.entry disable trigger entry_append_only");
    database.execute("delete from eventlog.entry where index = 1");
    database.execute("alter table eventlog.entry enable trigger entry_append_only");
    try (Committer other = other()) {
      other.append(List.of(Entries.entry("b", 0)));
    }
    // the second time the head is known again: what was remembered before must not be linked to it
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> committer.append(List.of(Entries.entry("a", 2))))
          .isInstanceOf(ConcurrencyException.class);
    }
    committer.append(List.of(Entries.entry("a", 1)));
    assertThat(LogInvariants.check(database)).isEqualTo(3);
  }

  private Committer other() {
    Committer other = committer(EventLogSettings.DEFAULTS);
    other.start();
    return other;
  }

  private double linked() {
    return meters.counter("countersign.log.append.linked").count();
  }
}
