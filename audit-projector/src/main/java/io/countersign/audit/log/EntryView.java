package io.countersign.audit.log;

import io.countersign.eventlog.read.StoredEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;

/** An entry in a list: its columns as stored. */
record EntryView(
    @Schema(example = "4") long index,
    @Schema(example = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")
        String entryHash,
    @Schema(example = "WorkItem") String aggregateType,
    @Schema(example = "workitem:fabrikam:4711") String aggregateId,
    @Schema(example = "1") long sequence,
    String eventId,
    @Schema(example = "workitem.StateChanged") String name,
    @Schema(example = "1") String revision,
    Instant occurredAt,
    Instant recordedAt,
    @Schema(example = "source:azure-devops") String actor,
    String correlationId,
    String causationId) {

  static EntryView of(StoredEntry entry) {
    return new EntryView(
        entry.index(),
        HexFormat.of().formatHex(entry.entryHash()),
        entry.aggregateType(),
        entry.aggregateId(),
        entry.sequence(),
        entry.eventId(),
        entry.name(),
        entry.revision(),
        entry.occurredAt(),
        entry.recordedAt(),
        entry.actor(),
        entry.correlationId(),
        entry.causationId());
  }
}
