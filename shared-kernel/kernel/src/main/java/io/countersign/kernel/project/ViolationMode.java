package io.countersign.kernel.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What follows when somebody breaks the policy in the source itself. */
public enum ViolationMode {
  /** It is recorded. */
  OBSERVE,
  /** It is recorded, and a human is called. */
  ESCALATE,
  /** It is recorded and moved back. */
  ENFORCE;

  /** The persisted word: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static ViolationMode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
