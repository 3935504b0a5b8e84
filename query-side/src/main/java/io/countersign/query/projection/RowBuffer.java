package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the database, at most one row per key: what many events do to one row is
 * written once. Not for use by several threads.
 */
public final class RowBuffer {

  private final Map<Table, Map<List<Object>, Row>> tables = new LinkedHashMap<>();
  private int events;
  private int size;
  private long last = -1;

  /** A row to write: bound values and which of them are set. */
  static final class Row {
    final List<Object> key;
    final @Nullable Object[] values;
    long set;
    long lastIndex = -1;

    Row(List<Object> key, int columns) {
      this.key = key;
      this.values = new @Nullable Object[columns];
    }
  }

  /** A buffer for these tables, written in their order. */
  public RowBuffer(List<Table> tables) {
    for (Table table : tables) {
      this.tables.put(table, new LinkedHashMap<>());
    }
  }

  /**
   * Adds what one event changed. Events come in order of their index.
   *
   * @param index index of the event's entry
   */
  public void add(long index, List<RowChange> changes) {
    events++;
    last = index;
    for (RowChange change : changes) {
      Map<List<Object>, Row> rows = tables.get(change.table());
      if (rows == null) {
        throw new IllegalArgumentException(change.table().name() + " is no table of this buffer");
      }
      Row row =
          rows.computeIfAbsent(
              change.key(),
              key -> {
                size++;
                return new Row(key, change.table().columns().size());
              });
      row.lastIndex = Math.max(row.lastIndex, index);
      put(row, change);
    }
  }

  private static void put(Row row, RowChange change) {
    Table table = change.table();
    // guards last: the columns they guard are compared with what the row had before
    change.cells().forEach((column, value) -> put(row, table, change, column, value, false));
    change.cells().forEach((column, value) -> put(row, table, change, column, value, true));
  }

  private static void put(
      Row row,
      Table table,
      RowChange change,
      Column column,
      @Nullable Object value,
      boolean guards) {
    Integer place = table.ordinal(column);
    if (place == null || guards != (column.merge() == Column.Merge.GREATEST)) {
      return;
    }
    boolean first = (row.set & 1L << place) == 0;
    Object before = row.values[place];
    row.values[place] =
        switch (column.merge()) {
          case LAST -> value;
          case FIRST -> before == null ? value : before;
          case UNION -> before == null ? value : before + "," + value;
          case GREATEST -> number(value) > number(before) ? value : before;
          case NEWEST -> first || isNewer(row, table, change, column.guard()) ? value : before;
        };
    row.set |= 1L << place;
  }

  private static boolean isNewer(Row row, Table table, RowChange change, @Nullable Column guard) {
    Integer place = guard == null ? null : table.ordinal(guard);
    return place == null || number(change.cells().get(guard)) >= number(row.values[place]);
  }

  private static int number(@Nullable Object value) {
    return value == null ? 0 : (Integer) value;
  }

  /** How many events were added since it was empty. */
  int events() {
    return events;
  }

  /** How many rows it holds. */
  int size() {
    return size;
  }

  /** The rows it holds, by table. */
  Map<Table, Map<List<Object>, Row>> rows() {
    return tables;
  }

  /** Index of the last event that was added. */
  long lastIndex() {
    return last;
  }

  /**
   * Writes everything with one statement per table, in the connection's transaction, and empties
   * the buffer. Rows that already saw an entry as late as the change are left alone.
   *
   * @param schema where the tables lie
   * @return how many rows were written
   * @throws RowsRefusedException when PostgreSQL refuses: the transaction has to be rolled back
   */
  public int flush(Connection connection, String schema) {
    return flush(
        schema, (table, rows) -> table.statement(schema).execute(connection, rows.values()));
  }

  /** Writes the rows of one table. */
  interface Writer {
    int write(Table table, Map<List<Object>, Row> rows) throws SQLException;
  }

  /** The same, written in a way of one's own. */
  int flush(String schema, Writer writer) {
    int written = 0;
    events = 0;
    for (var entry : tables.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        try {
          written += writer.write(entry.getKey(), entry.getValue());
        } catch (SQLException e) {
          throw RowsRefusedException.of(schema, entry.getKey().name(), e);
        }
        size -= entry.getValue().size();
        entry.getValue().clear();
      }
    }
    return written;
  }
}
