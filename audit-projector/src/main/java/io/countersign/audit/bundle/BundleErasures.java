package io.countersign.audit.bundle;

import io.countersign.audit.bundle.ProvenEntries.Proven;
import io.countersign.audit.verify.Collected;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.auditlog.Finding.UnsignedErasure;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.serialization.SealedKeys;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the erasure statement of a bundle: each key has to be named by an entry of the log. */
record BundleErasures(
    BundleFiles files, ProvenEntries proven, Collected found, Consumer<String> damaged) {

  void verify(Map<Long, Proven> entries) throws IOException {
    JsonNode statement;
    try {
      statement =
          JsonMapper.shared().readTree(files.read(BundleNames.ERASURES).orElse(new byte[0]));
    } catch (JacksonException _) {
      damaged.accept("erasures.json cannot be read");
      return;
    }
    for (JsonNode erased : statement.path("erased")) {
      long index = erased.path("index").asLong(-1);
      Proven entry = entries.get(index);
      for (JsonNode key : erased.path("keys")) {
        UUID id = uuid(key.path("key").asString(""));
        if (id == null || entry == null || !holds(entry, id)) {
          damaged.accept("erasures.json names a key that entry %d does not hold".formatted(index));
        } else if (key.has("by") && says(key.path("by").asLong(-1), id, entries)) {
          found.verdicts().erased(index, Verdict.ERASED, key.path("by").asLong(-1));
        } else {
          found.accept(new UnsignedErasure(index, id));
        }
      }
    }
  }

  private static boolean holds(Proven entry, UUID key) {
    byte[] payload = entry.payload();
    try {
      return payload != null && SealedKeys.in(payload).contains(key);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private boolean says(long by, UUID key, Map<Long, Proven> entries) throws IOException {
    Proven shown = entries.get(by);
    if (shown == null && files.indexes(BundleNames.ERASURE_ENTRIES).contains(by)) {
      shown = proven.read(BundleNames.ERASURE_ENTRIES, by).orElse(null);
    }
    if (shown == null || !shown.said().name().equals(RecordedErasures.NAME)) {
      return false;
    }
    byte[] payload = shown.payload();
    if (payload == null) {
      return false;
    }
    try {
      for (JsonNode named : JsonMapper.shared().readTree(payload).path("keys")) {
        if (key.equals(uuid(named.path("id").asString("")))) {
          return true;
        }
      }
    } catch (JacksonException _) {
      return false;
    }
    return false;
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
