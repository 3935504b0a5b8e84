package io.countersign.command.azuredevops;

import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/** Keys made of their owner's name, for tests of what only uses a key ring. */
public final class TestKeys implements KeyRing {

  private final Set<KeyOwner> destroyed = ConcurrentHashMap.newKeySet();

  @Override
  public DataKey keyFor(KeyOwner owner, String purpose) {
    byte[] name = (owner + " " + purpose).getBytes(StandardCharsets.UTF_8);
    UUID id = UUID.nameUUIDFromBytes(name);
    if (destroyed.contains(owner)) {
      throw new KeyDestroyedException(owner, id);
    }
    return new DataKey(id, new SecretKeySpec(name, "AES"));
  }

  @Override
  public Lookup find(UUID id) {
    return new Lookup.Unknown(id);
  }

  @Override
  public int destroy(KeyOwner owner) {
    return destroyed.add(owner) ? 1 : 0;
  }

  @Override
  public long destructions() {
    return destroyed.size();
  }
}
