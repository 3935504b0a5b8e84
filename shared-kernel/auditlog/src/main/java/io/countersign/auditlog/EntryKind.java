package io.countersign.auditlog;

import java.util.Optional;

/**
 * What an entry states. The codes are for ever. Only {@link #EVENT} is defined in version 1; the
 * others are reserved, and a reader that does not know what one of them states refuses it.
 */
public enum EntryKind {
  /** An event was committed. */
  EVENT(1),
  /** Keys were destroyed. Reserved. */
  ERASURE(2),
  /** The log's signing key changed. Reserved. */
  KEY_ROTATION(3),
  /** Older payloads were moved away. Reserved. */
  RETENTION_CUT(4),
  /** A checkpoint was anchored outside. Reserved. */
  ANCHOR(5),
  /** Root of the map from aggregate to its last entry. Reserved. */
  HEAD_MAP(6),
  /** The log's configuration changed. Reserved. */
  CONFIGURATION(7),
  /** An operator mended something by hand. Reserved. */
  REPAIR(8);

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  /** The byte at offset 1. */
  public int code() {
    return code;
  }

  /** Whether version 1 says what such an entry holds. */
  public boolean isDefined() {
    return this == EVENT;
  }

  /** The kind of a code, if there is one. */
  public static Optional<EntryKind> of(int code) {
    for (EntryKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
