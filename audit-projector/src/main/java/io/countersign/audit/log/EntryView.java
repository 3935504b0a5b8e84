package io.countersign.audit.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.eventlog.read.StoredEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry without its bytes.
 *
 * @param index place in the log, from 0
 * @param entryHash its hash, 64 hexadecimal digits
 * @param aggregateType kind of aggregate
 * @param aggregateId which aggregate
 * @param sequence place in the aggregate, from 0
 * @param eventId id of the event
 * @param name logical name of the event
 * @param revision shape of the payload
 * @param occurredAt when it happened, by the source
 * @param recordedAt when it was committed
 * @param actor who
 * @param correlationId the whole conversation
 * @param causationId the message before
 */
@Schema(name = "LogEntry", description = "An entry of the log")
public record EntryView(
    @Schema(example = "41") long index,
    @Schema(example = "5d2f6a3b0c1e4f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a")
        String entryHash,
    @Schema(example = "WorkItem") String aggregateType,
    @Schema(example = "workitem:fabrikam:297") String aggregateId,
    long sequence,
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

  /**
   * A page of entries.
   *
   * @param items in order of index
   * @param next {@code from} of the next page; absent at the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LogEntryPage", description = "A page of entries, in order of index")
  public record Page(
      List<EntryView> items,
      @Schema(description = "Give it back as 'from' for the next page; absent at the end")
          @Nullable Long next) {}

  /**
   * An entry with its bytes, in base64. Payload and metadata are as stored: what is personal in
   * them is sealed.
   *
   * @param summary without bytes
   * @param entry the entry bytes: {@code entryHash} is SHA-256 of a zero byte and these
   * @param payload stored payload; the entry holds its SHA-256
   * @param metadata stored metadata; the entry holds its SHA-256
   */
  @Schema(
      name = "LogEntryBytes",
      description = "An entry with its bytes in base64, as stored: what is personal is sealed")
  public record WithBytes(
      @JsonUnwrapped EntryView summary, byte[] entry, byte[] payload, byte[] metadata) {

    static WithBytes of(StoredEntry entry) {
      return new WithBytes(EntryView.of(entry), entry.entry(), entry.payload(), entry.metadata());
    }
  }
}
