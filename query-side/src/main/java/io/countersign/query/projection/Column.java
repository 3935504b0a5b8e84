package io.countersign.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * A column of a read model and how a later value meets an earlier one.
 *
 * @param name in the database
 * @param type what it holds
 * @param merge how values meet
 * @param initial SQL literal for a new row that does not set it; absent means null
 * @param guard for {@link Merge#NEWEST}: the column that says how new a value is
 */
public record Column(
    String name, ColumnType type, Merge merge, @Nullable String initial, @Nullable Column guard) {

  /** How a later value of a row's column meets the one that is there. */
  public enum Merge {
    /** The later one replaces it. */
    LAST,
    /** The first one that is there stays. */
    FIRST,
    /** Both are united; only for ranges. */
    UNION,
    /** The greater one; only for integers. */
    GREATEST,
    /**
     * The one whose guard is not less, where no guard counts as 0. Columns of one guard are set
     * together with it.
     */
    NEWEST
  }

  /** A column whose last value holds. */
  public static Column of(String name, ColumnType type) {
    return new Column(name, type, Merge.LAST, null, null);
  }

  /** A column whose first value holds. */
  public static Column first(String name, ColumnType type) {
    return new Column(name, type, Merge.FIRST, null, null);
  }

  /** A flag that is false until it is set. */
  public static Column flag(String name) {
    return new Column(name, ColumnType.BOOLEAN, Merge.LAST, "false", null);
  }

  /** A set of integers that only grows. */
  public static Column ranges(String name) {
    return new Column(name, ColumnType.RANGES, Merge.UNION, "'{}'", null);
  }

  /** A number that only grows. */
  public static Column greatest(String name) {
    return new Column(name, ColumnType.INTEGER, Merge.GREATEST, null, null);
  }

  /** A column that takes a value unless the row has one that is newer by this guard. */
  public static Column newest(String name, ColumnType type, Column guard) {
    return new Column(name, type, Merge.NEWEST, null, guard);
  }
}
