package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import java.util.UUID;

/**
 * Something was to be sealed for an owner whose keys were destroyed. Trying again does not help.
 */
public final class KeyDestroyedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UUID key;

  /**
   * Names the owner, which is no personal data.
   *
   * @param key one of the owner's destroyed keys
   */
  public KeyDestroyedException(KeyOwner owner, UUID key) {
    super("the keys of " + owner + " were destroyed");
    this.key = key;
  }

  /** A destroyed key of the owner: what is marked with it reads as erased. */
  public UUID key() {
    return key;
  }
}
