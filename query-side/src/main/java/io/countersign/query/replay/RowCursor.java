package io.countersign.query.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of one table on one connection, in order of their keys as text, by bytes. */
final class RowCursor implements AutoCloseable {

  private static final int FETCH_SIZE = 500;

  private final Connection connection;
  private final int keyColumns;
  private final PreparedStatement statement;
  private @Nullable ResultSet rows;
  private @Nullable SQLException refused;
  private byte[][] key = {};
  private byte[] row = {};
  private boolean there;

  RowCursor(Connection connection, String schema, Table table) throws SQLException {
    this.connection = connection;
    this.keyColumns = table.key().size();
    String keys =
        table.key().stream()
            .map(Column::name)
            .map(name -> "x.%s::text collate \"C\"".formatted(name))
            .collect(Collectors.joining(", "));
    this.statement =
        connection.prepareStatement(
            "select %1$s, x::text from %2$s.%3$s x order by %1$s"
                .formatted(keys, schema, table.name()));
    statement.setFetchSize(FETCH_SIZE);
  }

  /** Has PostgreSQL sort, which takes its time; a failure is thrown by {@link #next()}. */
  void start() {
    try {
      rows = statement.executeQuery();
    } catch (SQLException e) {
      refused = e;
    }
  }

  /** Goes to the next row, if there is one. */
  void next() throws SQLException {
    if (refused != null) {
      throw refused;
    }
    ResultSet found = rows;
    if (found == null) {
      throw new IllegalStateException("not started");
    }
    there = found.next();
    if (there) {
      key = new byte[keyColumns][];
      for (int i = 0; i < keyColumns; i++) {
        key[i] = found.getString(i + 1).getBytes(UTF_8);
      }
      row = found.getString(keyColumns + 1).getBytes(UTF_8);
    }
  }

  boolean hasRow() {
    return there;
  }

  List<String> key() {
    return Arrays.stream(key).map(bytes -> new String(bytes, UTF_8)).toList();
  }

  /** The row as PostgreSQL writes it. */
  byte[] row() {
    return row;
  }

  Connection connection() {
    return connection;
  }

  /** Less than 0 when its key comes first. Both have a row. */
  int compareKey(RowCursor other) {
    return IntStream.range(0, keyColumns)
        .map(i -> Arrays.compareUnsigned(key[i], other.key[i]))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
