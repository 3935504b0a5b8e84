package io.countersign.kernel.workitem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The canonical states: what a state of any process means here. */
public enum WorkItemState {
  NEW("New"),
  READY("Ready"),
  IN_PROGRESS("InProgress"),
  CODE_REVIEW("CodeReview"),
  TESTING("Testing"),
  STAGING("Staging"),
  PRODUCTION("Production"),
  DONE("Done"),
  BLOCKED("Blocked"),
  REMOVED("Removed");

  private final String word;

  WorkItemState(String word) {
    this.word = word;
  }

  /** The persisted word. */
  @JsonValue
  public String word() {
    return word;
  }

  /**
   * The state of a word.
   *
   * @throws IllegalArgumentException with all valid words when there is none
   */
  @JsonCreator
  public static WorkItemState of(String word) {
    for (WorkItemState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "unknown state '%s'; states are %s"
            .formatted(
                word,
                Arrays.stream(values())
                    .map(WorkItemState::word)
                    .collect(Collectors.joining(", "))));
  }
}
