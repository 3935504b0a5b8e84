package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Positions of segments in the database: the tokens, and what nodes report beside them because Axon
 * stores no token for a segment while it passes over events of other segments. Whoever splits,
 * merges or resets a processor deletes its reports first.
 */
final class SegmentPositions {

  private static final String READ =
      """
      select t.segment, t.token, t.token_type, t.owner, p.position
      from query.token t
      left join query.segment_position p
        on p.processor_name = t.processor_name and p.segment = t.segment
      where t.processor_name = ?
      """;

  private static final String READ_TOKEN =
      "select token, token_type from query.token where processor_name = ? and segment = ?";

  private static final String TOKENS =
      "select segment, token, token_type from query.token where processor_name = ?";

  private static final String REPORT =
      """
      insert into query.segment_position (processor_name, segment, position)
      values (?, ?, ?)
      on conflict (processor_name, segment) do update
      set position = excluded.position
      where excluded.position > segment_position.position
      """;

  /**
   * A segment as the database knows it.
   *
   * @param position index up to which it saw everything; -1 for nothing
   * @param owner which node has it; absent for none
   */
  record Stored(long position, @Nullable String owner) {}

  private final DataSource dataSource;

  SegmentPositions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** All segments of a processor; empty before its first start. */
  Map<Integer, Stored> read(String processor, Serializer serializer) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, processor);
      Map<Integer, Stored> segments = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long token = TokenPosition.of(token(rows, serializer));
          Long reported = rows.getObject("position", Long.class);
          segments.put(
              rows.getInt("segment"),
              new Stored(
                  reported == null ? token : Math.max(token, reported), rows.getString("owner")));
        }
      }
      return segments;
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "token", e.getSQLState());
    }
  }

  /** What a segment's token says, in the connection's transaction; -1 when there is none. */
  static long token(Connection connection, Serializer serializer, String processor, int segment)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ_TOKEN)) {
      statement.setString(1, processor);
      statement.setInt(2, segment);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? TokenPosition.of(token(rows, serializer)) : TokenPosition.NOTHING;
      }
    }
  }

  /** What all tokens of a processor say, in the connection's transaction. */
  static Map<Integer, Long> tokens(Connection connection, Serializer serializer, String processor)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOKENS)) {
      statement.setString(1, processor);
      Map<Integer, Long> tokens = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tokens.put(rows.getInt("segment"), TokenPosition.of(token(rows, serializer)));
        }
      }
      return tokens;
    }
  }

  /** Reports how far segments of this node are. Not waited for on disk: it is reported again. */
  void report(String processor, Map<Integer, Long> positions) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        write(connection, processor, positions);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "segment_position", e.getSQLState());
    }
  }

  private static void write(Connection connection, String processor, Map<Integer, Long> positions)
      throws SQLException {
    try (var setting = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement(REPORT)) {
      setting.execute("set local synchronous_commit to off");
      for (var segment : positions.entrySet()) {
        statement.setString(1, processor);
        statement.setInt(2, segment.getKey());
        statement.setLong(3, segment.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static @Nullable TrackingToken token(ResultSet row, Serializer serializer)
      throws SQLException {
    byte[] bytes = row.getBytes("token");
    String type = row.getString("token_type");
    if (bytes == null || type == null) {
      return null;
    }
    return serializer.deserialize(
        new SimpleSerializedObject<>(bytes, byte[].class, new SimpleSerializedType(type, null)));
  }
}
