package io.countersign.kernel.projection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * A row that is not the same. Values are not told: some are sealed text.
 *
 * @param key values of the key columns as text, each cut after 200 characters
 * @param side who has it
 * @param columns where it is on both sides: the columns that differ
 */
public record RowDifference(List<String> key, Side side, List<String> columns) {

  private static final int LONGEST_VALUE = 200;

  /** Copies and bounds the lists. */
  public RowDifference {
    key = key.stream().map(RowDifference::cut).toList();
    columns = List.copyOf(columns);
  }

  /** Who has the row. */
  public enum Side {
    /** The projection; the replay made no such row. */
    PROJECTION,
    /** The replay; the projection lacks it. */
    REPLAY,
    /** Both, and it differs. */
    BOTH;

    /** The persisted word: lower case. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The side of a word.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Side of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private static String cut(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE));
  }
}
