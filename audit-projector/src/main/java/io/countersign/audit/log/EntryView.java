package io.countersign.audit.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.countersign.eventlog.read.StoredEntry;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of entries: what the columns say.
 *
 * @param payload the stored payload, ciphertext as it is; absent unless it was asked for and is
 *     JSON
 */
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
    String causationId,
    @JsonInclude(Include.NON_NULL) @JsonRawValue @Nullable String payload) {

  static EntryView of(StoredEntry stored) {
    return of(stored, null);
  }

  static EntryView withPayload(StoredEntry stored) {
    return of(stored, StoredJsonText.of(stored.payload()));
  }

  private static EntryView of(StoredEntry stored, @Nullable String payload) {
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
        stored.causationId(),
        payload);
  }
}
