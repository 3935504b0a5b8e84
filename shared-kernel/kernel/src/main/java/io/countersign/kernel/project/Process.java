package io.countersign.kernel.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The process template of a project: which work item types and states it has and which transitions
 * are sound.
 */
public enum Process {
  /** To Do, Doing, Done. */
  BASIC,
  /** New, Active, Resolved, Closed. */
  AGILE,
  /** New, Approved, Committed, Done. */
  SCRUM,
  /** Proposed, Active, Resolved, Closed. */
  CMMI;

  /** The persisted word: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The process of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Process of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
