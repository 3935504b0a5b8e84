package io.countersign.kernel.workitem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which side of a conflict holds. */
public enum ConflictResolution {
  /** What the source says. */
  THEIRS,
  /** What we asked for. */
  OURS;

  /** The persisted word: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The resolution of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static ConflictResolution of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
