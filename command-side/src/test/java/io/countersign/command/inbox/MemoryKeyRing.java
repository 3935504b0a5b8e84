package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/** Keys for tests: the real ring is the event log's. */
public final class MemoryKeyRing implements KeyRing {

  private final Map<String, DataKey> byOwner = new HashMap<>();
  private final Map<UUID, DataKey> byId = new HashMap<>();
  private final Set<UUID> destroyedIds = new HashSet<>();
  private final Set<KeyOwner> destroyedOwners = new HashSet<>();

  @Override
  public synchronized DataKey keyFor(KeyOwner owner, String purpose) {
    if (destroyedOwners.contains(owner)) {
      throw new KeyDestroyedException(owner, new UUID(0, 0));
    }
    return byOwner.computeIfAbsent(
        owner + "/" + purpose,
        _ -> {
          var key = new DataKey(UUID.randomUUID(), generate());
          byId.put(key.id(), key);
          return key;
        });
  }

  @Override
  public synchronized Lookup find(UUID id) {
    DataKey key = byId.get(id);
    if (key != null) {
      return new Lookup.Found(key);
    }
    return destroyedIds.contains(id) ? new Lookup.Destroyed(id) : new Lookup.Unknown(id);
  }

  @Override
  public synchronized int destroy(KeyOwner owner) {
    destroyedOwners.add(owner);
    DataKey key = byOwner.remove(owner + "/inbox");
    if (key == null) {
      return 0;
    }
    byId.remove(key.id());
    destroyedIds.add(key.id());
    return 1;
  }

  @Override
  public synchronized long destructions() {
    return destroyedOwners.size();
  }

  /** Owners and purposes that have keys. */
  public synchronized Set<String> owners() {
    return Set.copyOf(byOwner.keySet());
  }

  private static SecretKey generate() {
    try {
      var generator = KeyGenerator.getInstance("AES");
      generator.init(256);
      return generator.generateKey();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
