package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.LogInvariants;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class CommitterTest extends CommitterFixture {

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
  void anEventThatUsesADestroyedKeyIsRefusedForGoodAndAlone() {
    UUID alive = UUID.randomUUID();
    UUID dead = UUID.randomUUID();
    database.execute(
        "insert into eventlog.data_key (id, owner, purpose, created_at, destroyed_at) values ('"
            + alive
            + "', 'o', 'p', now(), null), ('"
            + dead
            + "', 'another', 'p', now(), now())");
    committer.append(List.of(Entries.entry("a", 0, UUID.randomUUID(), Set.of(alive))));
    assertThatThrownBy(
            () ->
                committer.append(
                    List.of(Entries.entry("a", 1, UUID.randomUUID(), Set.of(alive, dead)))))
        .isInstanceOf(EntryRefusedException.class);
    committer.append(List.of(Entries.entry("a", 1)));
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
            (index, entries) -> {});
    other.start();
    other.append(List.of(Entries.entry("a", 0)));
    other.close();
  }
}
