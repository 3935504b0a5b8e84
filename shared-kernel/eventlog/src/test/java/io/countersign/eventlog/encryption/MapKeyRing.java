package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** Keys made from owner and purpose: the same in every run, for golden files. */
public final class MapKeyRing implements KeyRing {

  private final Map<UUID, KeyOwner> owners = new HashMap<>();
  private final Map<UUID, DataKey> keys = new HashMap<>();
  private final Set<KeyOwner> destroyed = new HashSet<>();

  @Override
  public DataKey keyFor(KeyOwner owner, String purpose) {
    UUID id = UUID.nameUUIDFromBytes((owner + purpose).getBytes(StandardCharsets.UTF_8));
    if (destroyed.contains(owner)) {
      throw new KeyDestroyedException(owner, id);
    }
    owners.put(id, owner);
    return keys.computeIfAbsent(
        id,
        _ ->
            new DataKey(
                id,
                new SecretKeySpec(
                    id.toString().replace("-", "").getBytes(StandardCharsets.UTF_8), "AES")));
  }

  @Override
  public Lookup find(UUID id) {
    if (!keys.containsKey(id)) {
      return new Lookup.Unknown(id);
    }
    return destroyed.contains(owners.get(id))
        ? new Lookup.Destroyed(id)
        : new Lookup.Found(keys.get(id));
  }

  @Override
  public int destroy(KeyOwner owner) {
    destroyed.add(owner);
    return (int) owners.values().stream().filter(owner::equals).count();
  }

  @Override
  public long destructions() {
    return destroyed.size();
  }
}
