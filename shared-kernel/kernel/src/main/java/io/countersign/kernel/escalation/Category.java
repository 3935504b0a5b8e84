package io.countersign.kernel.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What kind of matter it is: decides who is asked, and how soon an answer is due. */
public enum Category {
  TECHNICAL,
  OPERATIONAL,
  COMPLIANCE,
  SECURITY,
  BUSINESS;

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
  public static Category of(String word) {
    for (Category value : values()) {
      if (value.word().equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "unknown category '%s'; there are %s"
            .formatted(
                word,
                Arrays.stream(values()).map(Category::word).collect(Collectors.joining(", "))));
  }
}
