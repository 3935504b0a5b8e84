package io.countersign.query.rebuild;

import io.countersign.query.replay.ReplayStoppedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code query.load_position}: how far the parts of a load are, in the transaction of their rows.
 */
final class LoadPositions {

  private static final String READ =
      "select position, events from query.load_position where tables = ? order by part";

  private static final String ADD =
      "insert into query.load_position (tables, part, position, events) values (?, ?, -1, 0)";

  private static final String UPDATE =
      "update query.load_position set position = ?, events = events + ? where tables = ? and part = ? and position = ?";

  private static final String DELETE = "delete from query.load_position where tables = ?";

  private final String tables;

  /** Of the load into this schema. */
  LoadPositions(String tables) {
    this.tables = tables;
  }

  /**
   * Where a part is.
   *
   * @param position index of the last entry whose rows it has written; -1 for none
   * @param events how many events it has handled
   */
  record Part(long position, long events) {}

  /** The parts, in order of their numbers; none when it was not loaded in bulk. */
  List<Part> read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, tables);
      List<Part> parts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parts.add(new Part(rows.getLong(1), rows.getLong(2)));
        }
      }
      return parts;
    }
  }

  /** Begins a load, or begins it anew. Its events are spread over so many parts. */
  void begin(Connection connection, int parts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setString(1, tables);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (int part = 0; part < parts; part++) {
        statement.setString(1, tables);
        statement.setInt(2, part);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * A part has written the rows up to an entry.
   *
   * @param before where it was
   * @throws ReplayStoppedException when it is not where it was: another node loads it
   */
  void reached(Connection connection, int part, long before, long position, long events)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setLong(1, position);
      statement.setLong(2, events);
      statement.setString(3, tables);
      statement.setInt(4, part);
      statement.setLong(5, before);
      if (statement.executeUpdate() == 0) {
        throw new ReplayStoppedException("another node is at it");
      }
    }
  }
}
