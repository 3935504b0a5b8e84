package io.countersign.query.projection;

import io.countersign.kernel.projection.SegmentPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.serialization.Serializer;

/**
 * How far the parts of a projection are by their tokens, in one transaction's sight. A part's rows
 * hold every event of its own up to there, and none after it.
 */
public final class StoredPositions {

  private final Fold<?> fold;
  private final Map<Segment, Long> positions;

  private StoredPositions(Fold<?> fold, Map<Segment, Long> positions) {
    this.fold = fold;
    this.positions = positions;
  }

  /**
   * Reads them.
   *
   * @param connection in whose transaction
   * @param serializer the tokens' serializer
   */
  public static StoredPositions read(
      Connection connection, Serializer serializer, Generation generation) throws SQLException {
    Map<Integer, Long> tokens =
        SegmentPositions.tokens(connection, serializer, generation.processor());
    int[] all = tokens.keySet().stream().mapToInt(Integer::intValue).toArray();
    Map<Segment, Long> positions = new LinkedHashMap<>();
    tokens.forEach(
        (segment, position) -> positions.put(Segment.computeSegment(segment, all), position));
    return new StoredPositions(new Fold<>(generation.projection()), positions);
  }

  /** The parts; none before the projection's first start. */
  public List<SegmentPosition> segments() {
    return positions.entrySet().stream()
        .map(
            one ->
                new SegmentPosition(
                    one.getKey().getSegmentId(), one.getKey().getMask(), one.getValue()))
        .toList();
  }

  /** Index of the last entry any part has seen; -1 for none. */
  public long last() {
    return positions.values().stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(TokenPosition.NOTHING);
  }

  /** Whether the part a message belongs to has seen it. */
  public boolean covers(long index, EventMessage<?> message) {
    Object sequence = fold.sequence(message);
    Object decides = sequence == null ? message.getIdentifier() : sequence;
    for (var one : positions.entrySet()) {
      if (one.getKey().matches(decides)) {
        return index <= one.getValue();
      }
    }
    return false;
  }
}
