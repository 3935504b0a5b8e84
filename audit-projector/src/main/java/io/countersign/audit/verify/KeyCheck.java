package io.countersign.audit.verify;

import io.countersign.auditlog.Finding.KeyUnavailable;
import io.countersign.auditlog.Finding.UnsignedErasure;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.encryption.KeyStates.State;
import io.countersign.eventlog.serialization.SealedKeys;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Whether the text in payloads could still be opened: asks for the keys of many entries at once,
 * and tells lawful erasure from keys that are just gone. Opens nothing.
 */
final class KeyCheck {

  private static final int AT_ONCE = 500;
  private static final int REMEMBERED = 20_000;

  private final Function<Collection<UUID>, Map<UUID, State>> states;
  private final Erasures erasures;
  private final Collected collected;
  private final Map<Long, Set<UUID>> waiting = new LinkedHashMap<>();
  private final Map<UUID, State> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, State> eldest) {
          return size() > REMEMBERED;
        }
      };

  KeyCheck(
      Function<Collection<UUID>, Map<UUID, State>> states, Erasures erasures, Collected collected) {
    this.states = states;
    this.erasures = erasures;
    this.collected = collected;
  }

  void accept(long index, byte[] payload) {
    Set<UUID> keys;
    try {
      keys = SealedKeys.in(payload);
    } catch (IllegalArgumentException _) {
      return; // damaged, which its digest shows
    }
    if (!keys.isEmpty()) {
      waiting.put(index, keys);
      if (waiting.size() >= AT_ONCE) {
        finish();
      }
    }
  }

  /** Judges those that still wait. */
  void finish() {
    var unknown = new HashSet<UUID>();
    waiting
        .values()
        .forEach(keys -> keys.stream().filter(k -> !known.containsKey(k)).forEach(unknown::add));
    Map<UUID, State> asked = states.apply(unknown);
    waiting.forEach(
        (index, keys) ->
            keys.forEach(
                key ->
                    judge(
                        index,
                        key,
                        asked.getOrDefault(key, known.getOrDefault(key, State.UNKNOWN)))));
    known.putAll(asked);
    waiting.clear();
  }

  private void judge(long index, UUID key, State state) {
    OptionalLong by = state == State.HELD ? OptionalLong.empty() : erasures.ofKey(key);
    switch (state) {
      case HELD -> {}
      case DESTROYED, UNKNOWN -> {
        if (by.isPresent()) {
          collected.verdicts().erased(index, Verdict.ERASED, by.getAsLong());
        } else {
          collected.accept(
              state == State.DESTROYED
                  ? new UnsignedErasure(index, key)
                  : new KeyUnavailable(index, key));
        }
      }
    }
  }
}
