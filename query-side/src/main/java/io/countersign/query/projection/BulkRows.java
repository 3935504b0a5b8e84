package io.countersign.query.projection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.postgresql.PGConnection;

/**
 * Rows of a bulk load on their way to tables nobody else writes. What was not written before goes
 * by {@code COPY}, the rest is merged as live. Which keys were written is remembered by a hash: a
 * collision only means that a new row is merged. Not for use by several threads.
 */
public final class BulkRows {

  /** 1 MB for each table: parts times tables of these have to fit a heap of 256 MB. */
  private static final int KEY_BITS = 23;

  private final RowBuffer buffer;
  private final String schema;
  private final boolean empty;
  private final Map<Table, BitSet> written = new HashMap<>();

  /**
   * For these tables.
   *
   * @param schema where they lie
   * @param empty whether none of them has a row yet that this is to write
   */
  public BulkRows(List<Table> tables, String schema, boolean empty) {
    this.buffer = new RowBuffer(tables);
    this.schema = schema;
    this.empty = empty;
  }

  /** Adds what one event changed. Events come in order of their index. */
  public void add(long index, List<RowChange> changes) {
    buffer.add(index, changes);
  }

  /** How many rows wait. */
  public int size() {
    return buffer.size();
  }

  /**
   * Writes all rows, in the connection's transaction.
   *
   * @throws RowsRefusedException when PostgreSQL refuses: the transaction has to be rolled back
   */
  public void flush(Connection connection) {
    buffer.flush(schema, (table, rows) -> write(connection, table, rows));
  }

  private int write(Connection connection, Table table, Map<List<Object>, RowBuffer.Row> rows)
      throws SQLException {
    if (!empty) {
      return table.statement(schema).execute(connection, rows.values());
    }
    BitSet seen = written.computeIfAbsent(table, _ -> new BitSet(1 << KEY_BITS));
    List<RowBuffer.Row> known = new ArrayList<>();
    var fresh = new CopyText(table);
    for (RowBuffer.Row row : rows.values()) {
      int place = place(row);
      if (seen.get(place)) {
        known.add(row);
      } else {
        fresh.add(row);
      }
    }
    int copied = fresh.rows() == 0 ? 0 : copy(connection, fresh);
    if (!known.isEmpty()) {
      copied += table.statement(schema).execute(connection, known);
    }
    for (RowBuffer.Row row : rows.values()) {
      seen.set(place(row));
    }
    return copied;
  }

  private int copy(Connection connection, CopyText text) throws SQLException {
    try {
      return (int)
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(text.statement(schema), text.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  private static int place(RowBuffer.Row row) {
    return (int) (row.key.hashCode() * 0x9E37_79B9_7F4A_7C15L >>> 64 - KEY_BITS);
  }

  /**
   * After rows were refused and rolled back: looks for one that is.
   *
   * @return the entry that changed it last; empty when all are taken one by one
   */
  public OptionalLong refused(Connection connection) throws SQLException {
    for (var table : buffer.rows().entrySet()) {
      for (RowBuffer.Row row : table.getValue().values()) {
        Savepoint savepoint = connection.setSavepoint();
        try {
          table.getKey().statement(schema).execute(connection, List.of(row));
          connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
          connection.rollback(savepoint);
          return OptionalLong.of(row.lastIndex);
        }
      }
    }
    return OptionalLong.empty();
  }
}
