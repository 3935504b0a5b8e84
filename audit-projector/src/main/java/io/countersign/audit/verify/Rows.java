package io.countersign.audit.verify;

import io.countersign.auditlog.LogRow;
import io.countersign.eventlog.read.StoredEntry;

/** Stored entries as the verifier takes them. */
public final class Rows {

  private Rows() {}

  /** The same row in the words of the audit log. */
  public static LogRow of(StoredEntry stored) {
    return new LogRow(
        stored.index(),
        stored.entryHash(),
        stored.entry(),
        stored.payload(),
        stored.metadata(),
        new LogRow.Columns(
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
            stored.causationId()));
  }
}
