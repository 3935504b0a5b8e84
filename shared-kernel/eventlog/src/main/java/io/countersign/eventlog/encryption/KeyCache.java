package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Unwrapped keys, at most so many, the least recently used go first. A key counts only while the
 * number of destructions is the one it was read under.
 */
final class KeyCache {

  private final Map<UUID, KeyRing.DataKey> keys;
  private final Map<Owned, UUID> owned;
  private long epoch = -1;

  KeyCache(int capacity) {
    keys = new Bounded<>(capacity);
    owned = new Bounded<>(capacity);
  }

  synchronized long epoch() {
    return epoch;
  }

  /** Another number of destructions than before makes all keys read before worthless. */
  synchronized void enter(long newEpoch) {
    if (newEpoch > epoch) {
      epoch = newEpoch;
      clear();
    }
  }

  synchronized void clear() {
    keys.clear();
    owned.clear();
  }

  synchronized Optional<KeyRing.DataKey> get(UUID id) {
    return Optional.ofNullable(keys.get(id));
  }

  synchronized Optional<KeyRing.DataKey> get(KeyOwner owner, String purpose) {
    UUID id = owned.get(new Owned(owner, purpose));
    return id == null ? Optional.empty() : get(id);
  }

  /** Keeps a key that was read from the database after this epoch had been entered. */
  synchronized void put(long readUnder, KeyOwner owner, String purpose, KeyRing.DataKey key) {
    if (readUnder == epoch) {
      keys.put(key.id(), key);
      owned.put(new Owned(owner, purpose), key.id());
    }
  }

  private record Owned(KeyOwner owner, String purpose) {}

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    Bounded(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > capacity;
    }
  }
}
