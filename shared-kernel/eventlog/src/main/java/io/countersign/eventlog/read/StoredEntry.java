package io.countersign.eventlog.read;

import java.time.Instant;

/**
 * One row of the log, columns as stored. The columns beside {@code entry} repeat what the entry
 * bytes say, for queries; verification compares them.
 *
 * @param index dense, from 0
 * @param entryHash RFC 6962 leaf hash of {@code entry}
 * @param entry the entry bytes
 * @param aggregateType kind of aggregate
 * @param aggregateId which aggregate
 * @param sequence of the aggregate, from 0
 * @param eventId UUID as text
 * @param name logical name
 * @param revision of the payload
 * @param occurredAt when it happened
 * @param recordedAt when it was committed
 * @param actor reference of who did it
 * @param correlationId the conversation
 * @param causationId the message before
 * @param payload stored payload bytes
 * @param metadata stored metadata bytes
 */
public record StoredEntry(
    long index,
    byte[] entryHash,
    byte[] entry,
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
    byte[] payload,
    byte[] metadata) {}
