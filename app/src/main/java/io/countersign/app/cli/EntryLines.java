package io.countersign.app.cli;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryHash;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What entry bytes say, for people and for programs. */
final class EntryLines {

  private EntryLines() {}

  /** Prints it; why not, where the bytes cannot be read. */
  static Optional<String> print(PrintWriter out, byte[] bytes) {
    try {
      Entry entry = EntryCodec.decode(bytes);
      line(out, "entry", entry.index().toString());
      line(out, "hash", EntryHash.of(bytes).hex());
      line(out, "name", entry.name() + ", revision " + entry.revision());
      line(out, "aggregate", "%s %s".formatted(entry.aggregateType(), entry.aggregateId()));
      line(
          out,
          "sequence",
          entry.sequence()
              + entry.previousOfAggregate().map(before -> ", after entry " + before).orElse(""));
      line(out, "actor", entry.actor());
      line(out, "occurred", entry.occurredAt().toString());
      line(out, "recorded", entry.recordedAt().toString());
      line(out, "event", entry.eventId());
      line(out, "cause", entry.causationId());
      line(out, "payload", "sha256 " + entry.payloadDigest().hex());
      return Optional.empty();
    } catch (EntryFormatException e) {
      return Optional.of("the entry cannot be read: " + e.getMessage());
    }
  }

  static void put(ObjectNode result, byte[] bytes) {
    result.put("entryHash", EntryHash.of(bytes).hex());
    try {
      Entry entry = EntryCodec.decode(bytes);
      result.put("name", entry.name());
      result.put("revision", entry.revision());
      result.put("aggregateType", entry.aggregateType());
      result.put("aggregateId", entry.aggregateId());
      result.put("sequence", entry.sequence());
      result.put("actor", entry.actor());
      result.put("occurredAt", entry.occurredAt().toString());
      result.put("recordedAt", entry.recordedAt().toString());
      result.put("payloadDigest", entry.payloadDigest().hex());
    } catch (EntryFormatException e) {
      result.put("unreadable", e.getMessage());
    }
  }

  static void line(PrintWriter out, String label, String value) {
    out.println("%-12s%s".formatted(label, value));
  }
}
