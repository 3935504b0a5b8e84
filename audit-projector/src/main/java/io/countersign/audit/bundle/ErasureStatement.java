package io.countersign.audit.bundle;

import io.countersign.audit.verify.Erasures;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.encryption.KeyStates.State;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.eventlog.serialization.SealedKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which of the entries hold text that cannot be read any more, or lost their text, and which entry
 * says so.
 */
final class ErasureStatement {

  private final KeyStates keys;
  private final Erasures recorded;
  private final TreeMap<Long, TreeMap<UUID, OptionalLong>> erased = new TreeMap<>();
  private final TreeMap<Long, Long> purged = new TreeMap<>();

  ErasureStatement(Source source) {
    this.keys = source.keys();
    this.recorded = source.recorded().get();
  }

  /**
   * Where it is known from.
   *
   * @param keys what became of keys
   * @param recorded what the log says now
   */
  record Source(KeyStates keys, Supplier<Erasures> recorded) {}

  void look(StoredEntry stored) {
    long index = stored.index();
    byte[] payload = stored.payload();
    purgedBy(stored).ifPresent(by -> purged.put(index, by));
    Set<UUID> used;
    try {
      used = SealedKeys.in(payload);
    } catch (IllegalArgumentException _) {
      return; // what is no JSON holds no text of ours
    }
    keys.of(used)
        .forEach(
            (key, state) -> {
              if (state != State.HELD) {
                erased.computeIfAbsent(index, _ -> new TreeMap<>()).put(key, recorded.ofKey(key));
              }
            });
  }

  private OptionalLong purgedBy(StoredEntry stored) {
    try {
      Entry entry = EntryCodec.decode(stored.entry());
      ContentDigest digest = ContentDigest.of(stored.payload());
      return entry.payloadDigest().equals(digest)
          ? OptionalLong.empty()
          : recorded.ofPayload(entry, digest);
    } catch (EntryFormatException _) {
      return OptionalLong.empty(); // found by whoever verifies the bundle
    }
  }

  Set<Long> erasingEntries() {
    var entries = new TreeSet<Long>(purged.values());
    erased.values().forEach(byKey -> byKey.values().forEach(by -> by.ifPresent(entries::add)));
    return entries;
  }

  byte[] json() {
    var statement = JsonMapper.shared().createObjectNode();
    var entries = statement.putArray("erased");
    erased.forEach(
        (index, byKey) -> {
          var entry = entries.addObject();
          entry.put("index", index);
          var keysOfEntry = entry.putArray("keys");
          for (Map.Entry<UUID, OptionalLong> key : byKey.entrySet()) {
            var one = keysOfEntry.addObject().put("key", key.getKey().toString());
            if (key.getValue().isPresent()) {
              one.put("by", key.getValue().getAsLong());
            }
          }
        });
    if (!purged.isEmpty()) {
      var payloads = statement.putArray("purged");
      purged.forEach((index, by) -> payloads.addObject().put("index", index).put("by", by));
    }
    return (statement.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
