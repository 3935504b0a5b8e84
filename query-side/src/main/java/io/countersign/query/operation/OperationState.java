package io.countersign.query.operation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an operation stands. */
public enum OperationState {
  /** No node has begun. */
  REQUESTED,
  /** A node is at it. */
  RUNNING,
  /** It has a result. */
  DONE,
  /** It has none: the error says why. */
  FAILED,
  /** Somebody no longer wanted it. */
  CANCELED;

  /** The word clients and the database see: lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OperationState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
