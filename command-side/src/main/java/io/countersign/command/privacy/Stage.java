package io.countersign.command.privacy;

import java.util.Locale;

/** How far an erasure is. */
enum Stage {
  REQUESTED,
  APPROVED,
  REFUSED,
  WITHDRAWN,
  BEGUN,
  ERASED,
  CERTIFIED;

  /** Nothing follows any more. */
  boolean isOver() {
    return this == REFUSED || this == WITHDRAWN || this == CERTIFIED;
  }

  /** Keys are destroyed, or may be any moment. */
  boolean isIrrevocable() {
    return this == BEGUN || this == ERASED || this == CERTIFIED;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
