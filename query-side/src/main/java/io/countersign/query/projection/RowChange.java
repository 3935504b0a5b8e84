package io.countersign.query.projection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event does to one row: creates it, or sets some of its columns. Needs no knowledge of
 * the row as it was, and applied twice it does the same as once.
 *
 * @param table the table
 * @param key bound values of the key columns
 * @param cells columns to set, to null where the value is
 */
public record RowChange(Table table, List<Object> key, Map<Column, @Nullable Object> cells) {

  /** Copies nothing: made by the builder only. */
  public RowChange {
    cells = Collections.unmodifiableMap(cells);
  }

  /** Collects the columns of a change. */
  public static final class Builder {

    private final Table table;
    private final List<Object> key;
    private final Map<Column, @Nullable Object> cells = new LinkedHashMap<>();

    Builder(Table table, List<Object> key) {
      this.table = table;
      this.key = key;
    }

    /** Sets a column, to null as well. */
    public Builder set(Column column, @Nullable Object value) {
      if (table.ordinal(column) == null) {
        throw new IllegalArgumentException(table.name() + " has no " + column.name());
      }
      cells.put(column, value);
      return this;
    }

    /** Sets a column when there is a value. */
    public Builder setIfKnown(Column column, @Nullable Object value) {
      return value == null ? this : set(column, value);
    }

    /** The change. */
    public RowChange build() {
      return new RowChange(table, key, cells);
    }
  }
}
