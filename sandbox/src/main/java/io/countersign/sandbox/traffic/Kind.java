package io.countersign.sandbox.traffic;

import java.util.Locale;

/** How a notification is sent. */
enum Kind {
  GOOD,
  DUPLICATE,
  REORDERED,
  LATE,
  BAD;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
