package io.countersign.eventlog.append;

import java.util.Set;
import java.util.UUID;

/** Finds the data keys that a stored payload was sealed with. */
@FunctionalInterface
public interface KeyIds {

  /** For payloads that are never sealed. */
  KeyIds NONE = payload -> Set.of();

  /**
   * The ids of all keys used.
   *
   * @param payload stored bytes
   */
  Set<UUID> keysIn(byte[] payload);
}
