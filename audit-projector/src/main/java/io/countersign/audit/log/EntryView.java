package io.countersign.audit.log;

import io.countersign.eventlog.read.StoredEntry;
import java.time.Instant;
import java.util.HexFormat;

/** One line of the list of entries: what the columns say. */
public record EntryView(
    long index,
    String entryHash,
    String aggregateType,
    String aggregateId,
    long sequence,
    String eventId,
    String name,
    String revision,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String correlationId,
    String causationId) {

  static EntryView of(StoredEntry stored) {
    return new EntryView(
        stored.index(),
        HexFormat.of().formatHex(stored.entryHash()),
        stored.aggregateType(),
        stored.aggregateId(),
        stored.sequence(),
        stored.eventId(),
        stored.name(),
        stored.revision(),
        stored.occurredAt(),
        stored.recordedAt(),
        stored.actor(),
        stored.correlationId(),
        stored.causationId());
  }
}
