package io.countersign.kernel.projection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may have done to a projection. */
public enum OperationKind {
  /** Compare its rows with a replay of the log. */
  VERIFY,
  /** Fill a new set of tables beside the live one, verify it, and have queries read it. */
  REBUILD,
  /** Have queries read another set of tables that follows the log. */
  SWITCH,
  /** Have queries read the set of tables again that was live before. */
  ROLLBACK,
  /** Remove a set of tables that queries do not read. */
  DROP,
  /** Let its processor stand still. */
  PAUSE,
  /** Let its processor go on. */
  RESUME,
  /** Make two parallel parts of one. */
  SPLIT,
  /** Make one parallel part of two. */
  MERGE,
  /** Have the node that holds a parallel part let it go, so that another may take it. */
  RELEASE;

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
