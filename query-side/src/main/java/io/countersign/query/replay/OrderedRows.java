package io.countersign.query.replay;

import io.countersign.query.projection.Table;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table in order of their keys, counted and digested on the way. They may lie on
 * several connections: the order is one, and so is the digest, however they are spread.
 */
final class OrderedRows implements AutoCloseable {

  private final List<RowCursor> cursors = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private @Nullable RowCursor first;
  private long count;

  /** The rows of these connections' tables; each cursor has to be started. */
  OrderedRows(List<Connection> connections, String schema, Table table) throws SQLException {
    for (Connection connection : connections) {
      cursors.add(new RowCursor(connection, schema, table));
    }
  }

  /** What is to be started before the first row is asked for. */
  List<RowCursor> cursors() {
    return cursors;
  }

  /** Goes to the next row, if there is one. */
  void next() throws SQLException {
    if (first != null) {
      first.next();
    } else if (count == 0) {
      for (RowCursor cursor : cursors) {
        cursor.next();
      }
    }
    first = null;
    for (RowCursor cursor : cursors) {
      if (cursor.hasRow() && (first == null || cursor.compareKey(first) < 0)) {
        first = cursor;
      }
    }
    if (first != null) {
      count++;
      digest.update(first.row());
      digest.update((byte) '\n');
    }
  }

  boolean hasRow() {
    return first != null;
  }

  /** Where the row is; there is one. */
  RowCursor row() {
    return Objects.requireNonNull(first, "there is no row");
  }

  /** How many rows there were so far. */
  long count() {
    return count;
  }

  /** Of the rows so far; to be asked once, at the end. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws SQLException {
    for (RowCursor cursor : cursors) {
      cursor.close();
    }
  }
}
