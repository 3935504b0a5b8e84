package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * Data keys, AES-256, one per owner and purpose, kept wrapped by the master key. A key is committed
 * on a connection of its own before anybody can use it.
 */
public interface KeyRing {

  /**
   * The key to seal with: the existing one or a new one, already durable.
   *
   * @param owner whose
   * @param purpose word of the purpose, for example {@code identity}, {@code content}, {@code
   *     inbox}
   * @throws KeyDestroyedException when the owner's keys were destroyed
   */
  DataKey keyFor(KeyOwner owner, String purpose);

  /** The key with this id, to open with. */
  Lookup find(UUID id);

  /**
   * Destroys all keys of an owner. What was sealed with them cannot be opened by anybody from now
   * on, and the append refuses events that use them.
   *
   * @return how many keys were destroyed
   */
  int destroy(KeyOwner owner);

  /**
   * How often keys were destroyed in this database, on whatever node; at most {@link
   * JdbcKeyRing#STALENESS} old. Whoever remembers what depends on keys drops it when this changes.
   */
  long destructions();

  /**
   * A key in use.
   *
   * @param id random
   * @param secret AES-256
   */
  record DataKey(UUID id, SecretKey secret) {

    @Override
    public String toString() {
      return "DataKey[" + id + "]";
    }
  }

  /** What became of a key. */
  sealed interface Lookup {

    /** It is there. */
    record Found(DataKey key) implements Lookup {}

    /** It was destroyed. */
    record Destroyed(UUID id) implements Lookup {}

    /** This database never had it. */
    record Unknown(UUID id) implements Lookup {}
  }
}
