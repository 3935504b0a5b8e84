package io.countersign.auditlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A log in memory for tests, right in every respect until a test changes it. */
public final class SampleLog {

  static final UUID ID = UUID.fromString("6f1c0b6e-52a1-4a7e-9d55-0f6f2f9c8a11");
  static final Instant START = Instant.parse("2026-11-20T10:00:00.123456Z");

  private final List<LogRow> rows = new ArrayList<>();
  private final Map<String, Entry> lasts = new HashMap<>();
  private EntryHash previous = EntryHash.NONE;

  /** Entries of three aggregates by turns. */
  public static List<LogRow> ofSize(int size) {
    var log = new SampleLog();
    for (int i = 0; i < size; i++) {
      log.append("workitem:fabrikam:" + (1 + i % 3), UnaryOperator.identity());
    }
    return new ArrayList<>(log.rows);
  }

  /** Appends one entry, changed before it is encoded and hashed. */
  SampleLog append(String aggregateId, UnaryOperator<Entry> change) {
    int index = rows.size();
    Entry last = lasts.get(aggregateId);
    byte[] payload = ("{\"n\":" + index + "}").getBytes(StandardCharsets.UTF_8);
    byte[] metadata = "{}".getBytes(StandardCharsets.UTF_8);
    Entry entry =
        change.apply(
            new Entry(
                EntryKind.EVENT,
                ID,
                new EntryIndex(index),
                previous,
                last == null ? null : last.index(),
                START.plusMillis(index),
                START.minusSeconds(index),
                last == null ? 0 : last.sequence() + 1,
                ContentDigest.of(payload),
                ContentDigest.of(metadata),
                "WorkItem",
                aggregateId,
                new UUID(7, index).toString(),
                "workitem.Restored",
                "1",
                "source:azure-devops",
                "correlation-" + index,
                "causation-" + index));
    lasts.put(aggregateId, entry);
    byte[] bytes = EntryCodec.encode(entry);
    previous = EntryHash.of(bytes);
    rows.add(new LogRow(index, previous.bytes(), bytes, payload, metadata, columns(entry)));
    return this;
  }

  List<LogRow> rows() {
    return rows;
  }

  static LogRow.Columns columns(Entry entry) {
    return new LogRow.Columns(
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
