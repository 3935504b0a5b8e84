package io.countersign.kernel.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who wins when the source and we moved the same work item. */
public enum ConflictPolicy {
  /** What the source says holds. */
  THEIRS,
  /** What we asked for is written again. */
  OURS,
  /** A human decides; until then what the source says holds. */
  ASK;

  /** The persisted word: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The policy of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static ConflictPolicy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
