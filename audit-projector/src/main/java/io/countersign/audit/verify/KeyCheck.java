package io.countersign.audit.verify;

import io.countersign.auditlog.Finding.KeyUnavailable;
import io.countersign.auditlog.Finding.UnsignedErasure;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.encryption.KeyStates.State;
import io.countersign.eventlog.serialization.SealedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

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
  private final List<Gone> unexplained = new ArrayList<>();
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
        ask();
      }
    }
  }

  /** Judges all; what no entry explained is looked up once more in what the log says by now. */
  void finish(Supplier<Erasures> now) {
    ask();
    if (!unexplained.isEmpty()) {
      Erasures later = now.get();
      unexplained.forEach(one -> judge(one, later));
      unexplained.clear();
    }
  }

  private void ask() {
    var unknown = new HashSet<UUID>();
    for (Set<UUID> keys : waiting.values()) {
      keys.stream().filter(key -> !known.containsKey(key)).forEach(unknown::add);
    }
    Map<UUID, State> asked = states.apply(unknown);
    waiting.forEach(
        (index, keys) -> {
          for (UUID key : keys) {
            State state = asked.getOrDefault(key, known.getOrDefault(key, State.UNKNOWN));
            if (state != State.HELD) {
              gone(new Gone(index, key, state));
            }
          }
        });
    known.putAll(asked);
    waiting.clear();
  }

  private void gone(Gone one) {
    if (erasures.ofKey(one.key()).isPresent()) {
      judge(one, erasures);
    } else {
      unexplained.add(one);
    }
  }

  private void judge(Gone one, Erasures said) {
    OptionalLong by = said.ofKey(one.key());
    if (by.isPresent()) {
      collected.verdicts().erased(one.index(), Verdict.ERASED, by.getAsLong());
    } else {
      collected.accept(
          one.state() == State.DESTROYED
              ? new UnsignedErasure(one.index(), one.key())
              : new KeyUnavailable(one.index(), one.key()));
    }
  }

  /** An entry whose text needs a key that is not there. */
  private record Gone(long index, UUID key, State state) {}
}
