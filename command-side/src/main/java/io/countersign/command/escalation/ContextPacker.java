package io.countersign.command.escalation;

import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.escalation.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Packs what a human needs to decide into canonical JSON: keys in order, no white space, UTF-8. Its
 * digest goes into the event, so that it can be shown later what somebody saw.
 */
final class ContextPacker {

  private static final int RECENT = 20;
  private static final int MOST = 5_000;

  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final LogReader log;

  ContextPacker(LogReader log) {
    this.log = log;
  }

  /** The context and its digest in lower case hexadecimal. */
  record Packed(String json, String sha256) {

    @Override
    public String toString() {
      return "Packed[" + sha256 + "]";
    }
  }

  Packed pack(Finding finding, Map<String, String> texts, Instant at) {
    Cause cause = finding.cause();
    Map<String, Object> context = new TreeMap<>();
    context.put("format", 1);
    context.put("kind", cause.kind());
    context.put("category", finding.category().word());
    context.put("severity", finding.severity().word());
    context.put("raisedAt", at.toString());
    context.put("evidence", cause.entries().stream().map(this::evidence).toList());
    if (cause.rule() != null) {
      context.put("rule", cause.rule());
    }
    if (cause.project() != null) {
      context.put("project", cause.project().toString());
    }
    if (cause.workItem() != null) {
      context.put("workItem", cause.workItem().toString());
      context.put("history", history(cause.workItem().toString()));
    }
    if (!texts.isEmpty()) {
      context.put("texts", new TreeMap<>(texts));
    }
    String json = CANONICAL.writeValueAsString(context);
    return new Packed(json, sha256(json));
  }

  /** Text in it is sealed: the envelope is shown, never what is in it. */
  private Map<String, Object> evidence(long index) {
    Optional<StoredEntry> entry = log.entry(index);
    Map<String, Object> evidence = new TreeMap<>();
    evidence.put("index", index);
    entry.ifPresent(
        found -> {
          evidence.putAll(line(found));
          evidence.put("event", CANONICAL.readTree(found.payload()));
        });
    return evidence;
  }

  private List<Map<String, Object>> history(String aggregate) {
    var ofAggregate = new LogReader.Filter(Optional.of(aggregate), Optional.empty());
    List<StoredEntry> all = log.page(0, MOST, ofAggregate);
    List<Map<String, Object>> recent = new ArrayList<>();
    all.subList(Math.max(0, all.size() - RECENT), all.size())
        .forEach(entry -> recent.add(line(entry)));
    return recent;
  }

  private static Map<String, Object> line(StoredEntry entry) {
    return new TreeMap<>(
        Map.of(
            "index", entry.index(),
            "entryHash", HexFormat.of().formatHex(entry.entryHash()),
            "name", entry.name(),
            "actor", entry.actor(),
            "recordedAt", entry.recordedAt().toString()));
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
