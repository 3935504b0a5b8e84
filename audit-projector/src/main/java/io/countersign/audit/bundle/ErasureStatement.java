package io.countersign.audit.bundle;

import io.countersign.audit.verify.Erasures;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.encryption.KeyStates.State;
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

/** Which of the entries hold text that cannot be read any more, and which entry says so. */
final class ErasureStatement {

  private final KeyStates keys;
  private final Erasures recorded;
  private final TreeMap<Long, TreeMap<UUID, OptionalLong>> erased = new TreeMap<>();

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

  void look(long index, byte[] payload) {
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

  Set<Long> erasingEntries() {
    var entries = new TreeSet<Long>();
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
    return (statement.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
