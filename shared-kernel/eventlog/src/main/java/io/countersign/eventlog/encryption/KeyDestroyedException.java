package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;

/**
 * Something was to be sealed for an owner whose keys were destroyed. Trying again does not help.
 */
public final class KeyDestroyedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the owner, which is no personal data. */
  public KeyDestroyedException(KeyOwner owner) {
    super("the keys of " + owner + " were destroyed");
  }
}
