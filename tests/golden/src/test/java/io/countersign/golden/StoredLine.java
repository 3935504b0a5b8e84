package io.countersign.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.eventlog.read.StoredEntry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the log as a line of a file. Entry bytes and hash are in hex; payload and metadata are
 * the stored bytes as text, which they are, so that a person can read them.
 */
record StoredLine(
    long index,
    String name,
    String revision,
    String aggregateType,
    String aggregateId,
    long sequence,
    String eventId,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String correlationId,
    String causationId,
    String payload,
    String metadata,
    String entry,
    String hash) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HexFormat HEX = HexFormat.of();

  static StoredLine of(StoredEntry stored) {
    return new StoredLine(
        stored.index(),
        stored.name(),
        stored.revision(),
        stored.aggregateType(),
        stored.aggregateId(),
        stored.sequence(),
        stored.eventId(),
        stored.occurredAt(),
        stored.recordedAt(),
        stored.actor(),
        stored.correlationId(),
        stored.causationId(),
        new String(stored.payload(), UTF_8),
        new String(stored.metadata(), UTF_8),
        HEX.formatHex(stored.entry()),
        HEX.formatHex(stored.entryHash()));
  }

  StoredLine withPayload(String other) {
    return new StoredLine(
        index,
        name,
        revision,
        aggregateType,
        aggregateId,
        sequence,
        eventId,
        occurredAt,
        recordedAt,
        actor,
        correlationId,
        causationId,
        other,
        metadata,
        entry,
        hash);
  }

  byte[] entryBytes() {
    return HEX.parseHex(entry);
  }

  byte[] hashBytes() {
    return HEX.parseHex(hash);
  }

  static String write(List<StoredLine> lines) {
    return lines.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n", "", "\n"));
  }

  static List<StoredLine> read(String text) {
    return text.lines().map(line -> JSON.readValue(line, StoredLine.class)).toList();
  }
}
