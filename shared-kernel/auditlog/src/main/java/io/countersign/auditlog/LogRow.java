package io.countersign.auditlog;

import java.time.Instant;

/**
 * A row of the log as stored: the entry bytes, their hash, the content they vouch for, and the
 * columns that repeat the entry for queries. Whoever reads rows gives an absent column as empty.
 *
 * @param index place, as the table says
 * @param entryHash hash, as stored
 * @param entry entry bytes, as stored
 * @param payload stored payload bytes
 * @param metadata stored metadata bytes
 * @param columns the repeated columns
 */
public record LogRow(
    long index, byte[] entryHash, byte[] entry, byte[] payload, byte[] metadata, Columns columns) {

  /** What the table repeats of the entry. The components mean what they mean in {@link Entry}. */
  public record Columns(
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
      String causationId) {}
}
