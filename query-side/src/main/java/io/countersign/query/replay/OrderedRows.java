package io.countersign.query.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** All rows of a table in order of their keys, counted and digested on the way. */
final class OrderedRows implements AutoCloseable {

  private static final int FETCH_SIZE = 500;

  private final int keyColumns;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final MessageDigest digest = sha256();
  private List<String> key = List.of();
  private String row = "";
  private boolean there;
  private long count;

  OrderedRows(Connection connection, String schema, Table table) throws SQLException {
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
    this.rows = statement.executeQuery();
  }

  /** Goes to the next row, if there is one. */
  void next() throws SQLException {
    there = rows.next();
    if (there) {
      List<String> found = new ArrayList<>(keyColumns);
      for (int i = 1; i <= keyColumns; i++) {
        found.add(rows.getString(i));
      }
      key = found;
      row = rows.getString(keyColumns + 1);
      count++;
      digest.update(row.getBytes(UTF_8));
      digest.update((byte) '\n');
    }
  }

  boolean hasRow() {
    return there;
  }

  List<String> key() {
    return key;
  }

  String row() {
    return row;
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
    rows.close();
    statement.close();
  }
}
