package io.countersign.eventlog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogLock;
import io.countersign.eventlog.TestSerializer;
import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.eventlog.conformance.Things;
import io.countersign.kernel.Provenance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only our store promises. */
class LogEventStoreTest {

  private static final UUID KEY = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final LogDatabase database = new LogDatabase();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final EventLog log = start();
  private final LogEventStore store = log.store();

  private EventLog start() {
    var serializer = TestSerializer.create();
    return new EventLog(
            database.address(),
            database.pool(),
            serializer,
            payload -> new String(payload).contains("sealed") ? Set.of(KEY) : Set.of(),
            new Clock() {
              @Override
              public ZoneOffset getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(java.time.ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                return now.get();
              }
            },
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS,
            NoOpEventUpcaster.INSTANCE,
            new SnapshotRules(serializer, snapshot -> !"refused".equals(snapshot.getType())))
        .start();
  }

  @AfterEach
  void stop() {
    log.close();
    LogInvariants.check(database);
    database.close();
  }

  private void command(String messageId, EventMessage<?>... events) {
    var identified =
        new GenericCommandMessage<>(
            new org.axonframework.messaging.GenericMessage<>(
                messageId, "do", MetaData.emptyInstance()),
            "do");
    DefaultUnitOfWork.startAndGet(identified).execute(() -> store.publish(List.of(events)));
  }

  @Test
  void idsOfEventsFollowFromTheCommandMessage() {
    command("c1", Things.event("a", 0), Things.event("a", 1));
    assertThat(database.texts("select event_id from eventlog.entry order by index"))
        .containsExactly(
            EventIds.ofCommand("c1", 0).toString(), EventIds.ofCommand("c1", 1).toString());
    command("c1", Things.event("a", 0), Things.event("a", 1));
    assertThat(database.number("select count(*) from eventlog.entry")).isEqualTo(2);
  }

  @Test
  void idsAreNameBasedVersionFiveAndStayTheSameForEver() {
    UUID id = EventIds.ofCommand("c1", 0);
    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id).isNotEqualTo(EventIds.ofCommand("c1", 1));
    assertThat(EventIds.ofCommand("c", 10)).isNotEqualTo(EventIds.ofCommand("c1", 0));
    assertThat(id).hasToString("9f14ad4f-9bbd-5fec-813c-832225192051");
  }

  @Test
  void eventsOutsideOfCommandsKeepTheirOwnId() {
    EventMessage<?> event = GenericEventMessage.asEventMessage(new Things.Renamed("x"));
    store.publish(event);
    assertThat(database.texts("select event_id from eventlog.entry"))
        .containsExactly(event.getIdentifier());
    assertThat(database.texts("select aggregate_id from eventlog.entry"))
        .containsExactly(event.getIdentifier());
    store.publish(event);
    assertThat(database.number("select count(*) from eventlog.entry")).isEqualTo(1);
  }

  @Test
  void timesAreKeptToTheMicrosecondAndHandlersSeeWhatIsStored() throws Exception {
    Instant precise = Instant.parse("2026-03-04T05:06:07.123456789Z");
    DomainEventMessage<?> event =
        new GenericDomainEventMessage<>(
            "Thing",
            "a",
            0,
            new Things.Renamed("x"),
            MetaData.emptyInstance(),
            UUID.randomUUID().toString(),
            precise);
    store.publish(event);
    Instant stored = Instant.parse("2026-03-04T05:06:07.123456Z");
    assertThat(store.readEvents("a").next().getTimestamp()).isEqualTo(stored);
    try (var stream = store.openStream(null)) {
      assertThat(stream.nextAvailable().getTimestamp()).isEqualTo(stored);
    }
    assertThat(GenericEventMessage.clock.instant().getNano() % 1_000)
        .as("Axon's clock ticks in microseconds")
        .isZero();
  }

  @Test
  void provenanceGoesIntoTheColumns() {
    store.publish(
        Things.event("a", 0)
            .withMetaData(
                Map.of(
                    Provenance.ACTOR, "principal:me",
                    Provenance.CORRELATION_ID, "conversation",
                    Provenance.CAUSATION_ID, "before")));
    assertThat(
            database.texts(
                "select actor || '/' || correlation_id || '/' || causation_id from eventlog.entry"))
        .containsExactly("principal:me/conversation/before");
  }

  @Test
  void tokensAreIndexesOfEntries() {
    assertThat(store.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(-1));
    assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(-1));
    store.publish(Things.event("a", 0), Things.event("a", 1));
    assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(1));
    assertThatThrownBy(() -> store.openStream(GapAwareTrackingToken.newInstance(3, Set.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenAtAMomentIsBeforeTheFirstEntryRecordedThen() {
    Instant moment = now.get();
    assertThat(store.createTokenAt(moment)).isEqualTo(new GlobalSequenceTrackingToken(-1));
    for (int i = 0; i < 9; i++) {
      now.set(moment.plusSeconds(i / 2)); // two at a time
      store.publish(Things.event("a", i));
    }
    for (int second = 0; second < 5; second++) {
      assertThat(store.createTokenAt(moment.plusSeconds(second)))
          .isEqualTo(new GlobalSequenceTrackingToken(2L * second - 1));
      assertThat(store.createTokenAt(moment.plusSeconds(second).minusMillis(1)))
          .isEqualTo(new GlobalSequenceTrackingToken(2L * second - 1));
    }
    assertThat(store.createTokenAt(moment.plusSeconds(60)))
        .isEqualTo(new GlobalSequenceTrackingToken(8));
  }

  @Test
  void aSnapshotThatTheFilterRefusesOrThatCannotBeReadIsPassedOver() {
    store.publish(Things.event("a", 0), Things.event("a", 1));
    store.storeSnapshot(
        new GenericDomainEventMessage<>("refused", "a", 1, new Things.Snapshot("t", 1)));
    assertThat(store.readEvents("a").asStream().toList()).hasSize(2);
    store.storeSnapshot(
        new GenericDomainEventMessage<>("Thing", "a", 1, new Things.Snapshot("t", 1)));
    assertThat(store.readEvents("a").asStream().toList()).hasSize(1);
    database.execute("update eventlog.snapshot set payload = '\\x00'");
    assertThat(store.readEvents("a").asStream().toList()).hasSize(2);
    database.execute("update eventlog.snapshot set name = 'no.such.Class'");
    assertThat(store.readEvents("a").asStream().toList()).hasSize(2);
  }

  @Test
  void anOlderSnapshotDoesNotReplaceANewerOne() {
    store.publish(Things.event("a", 0), Things.event("a", 1));
    store.storeSnapshot(
        new GenericDomainEventMessage<>("Thing", "a", 1, new Things.Snapshot("new", 1)));
    store.storeSnapshot(
        new GenericDomainEventMessage<>("Thing", "a", 0, new Things.Snapshot("old", 0)));
    assertThat(store.readEvents("a").next().getSequenceNumber()).isEqualTo(1);
  }

  @Test
  void anEventSealedWithADestroyedKeyIsRefused() {
    store.publish(Things.event("a", 0, new Things.Renamed("sealed")));
    database.execute(
        "insert into eventlog.data_key (id, owner, purpose, created_at, destroyed_at) values ('"
            + KEY
            + "', 'o', 'p', now(), now())");
    assertThatThrownBy(() -> store.publish(Things.event("a", 1, new Things.Renamed("sealed"))))
        .isInstanceOf(EntryRefusedException.class);
    store.publish(Things.event("a", 1, new Things.Renamed("clear")));
  }

  @Test
  void theMigrationTakesTheLockThatErasureTakes() throws Exception {
    try (var in = LogEventStoreTest.class.getResourceAsStream("/db/eventlog/V1__log.sql")) {
      assertThat(new String(in.readAllBytes()))
          .contains("pg_advisory_xact_lock(" + LogLock.KEY + ")")
          .contains("pg_notify('" + LogLock.CHANNEL + "'");
    }
  }
}
