package io.countersign.kernel.reconciliation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.Locale;

/**
 * Something one side has and the other has not.
 *
 * @param workItem of which work item
 * @param kind what
 * @param from the first number
 * @param to the last number
 */
public record Difference(WorkItemId workItem, Kind kind, int from, int to) {

  /** What differs, and what is numbered. */
  public enum Kind {
    /** Updates, by update id. */
    UPDATE,
    /** Revisions of an item whose updates cannot be read: in the recycle bin, or not for us. */
    REVISION,
    /** That it went into the recycle bin, by the revision this made. */
    DELETION,
    /** That it came out of the recycle bin, by the revision this made. */
    RESTORATION,
    /**
     * A work item that the log has and the source neither lists nor gives, not even its recycle
     * bin, by the last revision that is known: destroyed, or out of our sight. The source answers
     * the same to both.
     */
    ABSENT;

    /** The persisted word: lower case. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** How many. */
  public int size() {
    return to - from + 1;
  }
}
