package io.countersign.kernel.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How it ended. */
public enum Resolution {
  FIXED,
  ACCEPTED,
  FALSE_ALARM,
  DUPLICATE,
  OBSOLETE;

  /** The persisted word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The value of a word.
   *
   * @throws IllegalArgumentException with all valid words when there is none
   */
  @JsonCreator
  public static Resolution of(String word) {
    for (Resolution value : values()) {
      if (value.word().equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "unknown resolution code '%s'; there are %s"
            .formatted(
                word,
                Arrays.stream(values()).map(Resolution::word).collect(Collectors.joining(", "))));
  }
}
