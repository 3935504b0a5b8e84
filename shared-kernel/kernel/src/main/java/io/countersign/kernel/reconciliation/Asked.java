package io.countersign.kernel.reconciliation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What made us compare. */
public enum Asked {
  /** It was time. */
  SCHEDULE,
  /** Somebody asked; the entry's actor says who. */
  DEMAND,
  /** Somebody asked for everything from the beginning on. */
  FULL;

  /** The persisted word: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Asked of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
