package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/**
 * The tokens of a processor as a whole, in the transaction of a connection. Whoever writes them
 * takes all segments from the nodes that have them: what those do next is rolled back, and they
 * claim what is there then.
 */
public final class ProcessorTokens {

  private static final String LOCK =
      "select segment from query.token where processor_name = ? order by segment for update";

  private static final String INSERT =
      """
      insert into query.token (processor_name, segment, token, token_type, timestamp, owner) values (?, ?, ?, ?, ?, null)
      """;

  private final Connection connection;
  private final Serializer serializer;
  private final String processor;

  /**
   * Of a processor.
   *
   * @param serializer of tokens
   */
  public ProcessorTokens(Connection connection, Serializer serializer, String processor) {
    this.connection = connection;
    this.serializer = serializer;
    this.processor = processor;
  }

  /** The position of each segment, -1 for nothing seen; waits until no unit of work holds one. */
  public Map<Integer, Long> lock() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, processor);
      statement.executeQuery().close();
    }
    return read();
  }

  /** The position of each segment, -1 for nothing seen. */
  public Map<Integer, Long> read() throws SQLException {
    return new TreeMap<>(SegmentPositions.tokens(connection, serializer, processor));
  }

  /** These are its segments from now on. */
  public void replace(Map<Integer, Long> segments) throws SQLException {
    for (String sql :
        List.of(
            "delete from query.segment_position where processor_name = ?",
            "delete from query.token where processor_name = ?")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, processor);
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (var segment : segments.entrySet()) {
        TrackingToken token =
            segment.getValue() < 0 ? null : new GlobalSequenceTrackingToken(segment.getValue());
        SerializedObject<byte[]> stored =
            token == null ? null : serializer.serialize(token, byte[].class);
        statement.setString(1, processor);
        statement.setInt(2, segment.getKey());
        statement.setBytes(3, stored == null ? null : stored.getData());
        statement.setString(4, stored == null ? null : stored.getType().getName());
        statement.setString(5, DateTimeUtils.formatInstant(Instant.EPOCH));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
