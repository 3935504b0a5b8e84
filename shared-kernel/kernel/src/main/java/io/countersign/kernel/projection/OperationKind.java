package io.countersign.kernel.projection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may have done to a projection. */
public enum OperationKind {
  /** Compare its rows with a replay of the log. */
  VERIFY;

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
  public static OperationKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
