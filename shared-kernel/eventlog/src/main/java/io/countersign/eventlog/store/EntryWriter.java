package io.countersign.eventlog.store;

import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.append.Outage;
import io.countersign.kernel.Provenance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Serializes the events of a unit of work, on the thread of its caller. */
final class EntryWriter {

  private final Serializer serializer;
  private final KeyIds keyIds;

  EntryWriter(Serializer serializer, KeyIds keyIds) {
    this.serializer = serializer;
    this.keyIds = keyIds;
  }

  /**
   * The entries of these events.
   *
   * @param commandId message identifier of the command that caused them, null for none
   * @throws LogUnavailableException when the database has no key to seal with now
   * @throws EntryRefusedException when one cannot be serialized, for whatever other reason
   */
  List<NewEntry> write(List<? extends EventMessage<?>> events, @Nullable String commandId) {
    var entries = new ArrayList<NewEntry>(events.size());
    for (EventMessage<?> event : events) {
      UUID id =
          commandId == null
              ? EventIds.ofMessage(event.getIdentifier())
              : EventIds.ofCommand(commandId, entries.size());
      entries.add(entry(event, id));
    }
    return entries;
  }

  private NewEntry entry(EventMessage<?> event, UUID id) {
    SerializedObject<byte[]> payload;
    SerializedObject<byte[]> metadata;
    try {
      payload = event.serializePayload(serializer, byte[].class);
      metadata = event.serializeMetaData(serializer, byte[].class);
    } catch (RuntimeException | Error e) {
      if (Outage.behind(e).isPresent()) {
        throw new LogUnavailableException("an event cannot be sealed now", e);
      }
      // an Error (a stack overflow in a payload that contains itself) must fail the command too:
      // Axon's unit of work rolls back on exceptions only
      throw new EntryRefusedException("an event cannot be serialized", e);
    }
    String type = "";
    String aggregateId = id.toString();
    long sequence = 0;
    if (event instanceof DomainEventMessage<?> domain) {
      type = orEmpty(domain.getType());
      aggregateId = domain.getAggregateIdentifier();
      sequence = domain.getSequenceNumber();
    }
    MetaData meta = event.getMetaData();
    return new NewEntry(
        type,
        aggregateId,
        sequence,
        id,
        payload.getType().getName(),
        orEmpty(payload.getType().getRevision()),
        micros(event.getTimestamp()),
        text(meta, Provenance.ACTOR),
        text(meta, Provenance.CORRELATION_ID),
        text(meta, Provenance.CAUSATION_ID),
        payload.getData(),
        metadata.getData(),
        keyIds.keysIn(payload.getData()));
  }

  /** Microseconds since 1970, what is smaller is cut off. */
  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
  }

  private static String text(MetaData metadata, String key) {
    Object value = metadata.get(key);
    return value == null ? "" : value.toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
