package io.countersign.auditlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log, format version 1: which event stands at which place, after which
 * entry, and what its stored bytes were. Holds no payload and no personal data in clear. The bytes
 * are made by {@link EntryCodec}; docs/audit-log-format.md is the norm.
 *
 * @param kind what it states
 * @param logId which log
 * @param index place in the log
 * @param previousHash hash of the entry before; {@link EntryHash#NONE} for the first
 * @param aggregatePrevious index of the same aggregate's previous entry; absent for its first
 * @param recordedAt when it was committed, by the committer's clock, which never runs backwards;
 *     whole microseconds, finer parts are cut off
 * @param occurredAt when the event happened; whole microseconds likewise
 * @param sequence of the aggregate, from 0
 * @param payloadDigest of the stored payload bytes
 * @param metadataDigest of the stored metadata bytes
 * @param aggregateType kind of aggregate
 * @param aggregateId which aggregate: unique over the whole log, opaque
 * @param eventId the event's id
 * @param name logical name
 * @param revision of the payload
 * @param actor reference of who did it
 * @param correlationId the conversation
 * @param causationId the message before
 */
public record Entry(
    EntryKind kind,
    UUID logId,
    EntryIndex index,
    EntryHash previousHash,
    @Nullable EntryIndex aggregatePrevious,
    Instant recordedAt,
    Instant occurredAt,
    long sequence,
    ContentDigest payloadDigest,
    ContentDigest metadataDigest,
    String aggregateType,
    String aggregateId,
    String eventId,
    String name,
    String revision,
    String actor,
    String correlationId,
    String causationId) {

  /** Cuts the times to microseconds and checks the sequence. */
  public Entry {
    if (sequence < 0) {
      throw new IllegalArgumentException("a sequence starts at 0");
    }
    recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** {@link #aggregatePrevious()} as an optional. */
  public Optional<EntryIndex> previousOfAggregate() {
    return Optional.ofNullable(aggregatePrevious);
  }
}
