package io.countersign.kernel.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How bad it is. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

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
  public static Severity of(String word) {
    for (Severity value : values()) {
      if (value.word().equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "unknown severity '%s'; there are %s"
            .formatted(
                word,
                Arrays.stream(values()).map(Severity::word).collect(Collectors.joining(", "))));
  }
}
