package io.countersign.audit.bundle;

import io.countersign.audit.bundle.ProvenEntries.Proven;
import io.countersign.audit.verify.Collected;
import io.countersign.audit.verify.PurgeStatement;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.auditlog.Finding.UnsignedErasure;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.serialization.SealedKeys;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the erasure statement of a bundle: each key, and each payload that is not what was
 * written, has to be named by an entry of the log.
 */
record BundleErasures(
    BundleFiles files, ProvenEntries proven, Collected found, Consumer<String> damaged) {

  void verify(Map<Long, Proven> entries) throws IOException {
    JsonNode statement;
    try {
      statement =
          JsonMapper.shared().readTree(files.read(BundleNames.ERASURES).orElse(new byte[0]));
    } catch (JacksonException _) {
      damaged.accept("erasures.json cannot be read");
      statement = JsonMapper.shared().createObjectNode();
    }
    verifyPurged(statement, entries);
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

  private void verifyPurged(JsonNode statement, Map<Long, Proven> entries) throws IOException {
    Map<Long, Long> purgedBy = new HashMap<>();
    for (JsonNode purged : statement.path("purged")) {
      purgedBy.put(purged.path("index").asLong(-1), purged.path("by").asLong(-1));
    }
    for (Map.Entry<Long, Proven> entry : entries.entrySet()) {
      byte[] other = entry.getValue().other();
      if (other != null) {
        long index = entry.getKey();
        long by = purgedBy.getOrDefault(index, -1L);
        Proven says = shown(by, PurgeStatement.NAME, entries);
        if (says != null
            && PurgeStatement.read(by, Objects.requireNonNull(says.payload()))
                .filter(said -> said.explains(entry.getValue().said(), ContentDigest.of(other)))
                .isPresent()) {
          found.verdicts().erased(index, Verdict.PURGED, by);
          entry.setValue(entry.getValue().purged());
        } else {
          found.accept(new PayloadDigestMismatch(index));
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

  /** The entry that is said to say so, if it is in the bundle, proven, whole and of this name. */
  private @Nullable Proven shown(long by, String name, Map<Long, Proven> entries)
      throws IOException {
    Proven shown = entries.get(by);
    if (shown == null && files.indexes(BundleNames.ERASURE_ENTRIES).contains(by)) {
      shown = proven.read(BundleNames.ERASURE_ENTRIES, by).orElse(null);
    }
    return shown == null || !shown.said().name().equals(name) || shown.payload() == null
        ? null
        : shown;
  }

  private boolean says(long by, UUID key, Map<Long, Proven> entries) throws IOException {
    Proven shown = shown(by, RecordedErasures.NAME, entries);
    if (shown == null) {
      return false;
    }
    try {
      for (JsonNode named :
          JsonMapper.shared().readTree(Objects.requireNonNull(shown.payload())).path("keys")) {
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
