package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.projection.SegmentPosition;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ParkedSequences;
import io.countersign.query.projection.ProcessorTokens;
import io.countersign.query.projection.RowBuffer;
import io.countersign.query.replay.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.axonframework.serialization.Serializer;

/**
 * Splits and merges the parallel parts of a generation's processor, in one transaction that takes
 * them from their nodes. Before two parts become one, the one that is behind is brought to the
 * other's position: a part's rows hold every event of its own up to there, and none after it.
 */
public final class Resegmentation {

  private static final int EVENTS_A_FLUSH = 2_000;
  private static final int MOST_SEGMENTS = 64;

  private final Serializer events;
  private final Serializer tokens;
  private final EventCatalogue catalogue;
  private final Transactions transactions;

  /**
   * In a database.
   *
   * @param events serializer of events
   * @param tokens serializer of the processors' tokens
   */
  public Resegmentation(
      DataSource dataSource, Serializer events, Serializer tokens, EventCatalogue catalogue) {
    this.events = events;
    this.tokens = tokens;
    this.catalogue = catalogue;
    this.transactions = new Transactions(dataSource);
  }

  /** Makes two parts of one. */
  public List<SegmentPosition> split(Generation generation, int segment, Mark mark) {
    return change(
        generation,
        mark,
        (_, segments) -> {
          Segment whole = existing(segments, segment);
          if (segments.size() >= MOST_SEGMENTS) {
            throw refused("there are %d parts already".formatted(segments.size()));
          }
          for (Segment half : whole.split()) {
            segments.put(half.getSegmentId(), segments.getOrDefault(segment, -1L));
          }
        });
  }

  /** Makes one part of a part and the one it was split from, or that was split from it. */
  public List<SegmentPosition> merge(Generation generation, int segment, Mark mark) {
    return change(
        generation,
        mark,
        (connection, segments) -> {
          Segment one = existing(segments, segment);
          if (segments.size() == 1) {
            throw refused("there is one part only");
          }
          Segment other = existing(segments, one.mergeableSegmentId());
          if (other.getMask() != one.getMask()) {
            throw refused(
                "part %d was split since: merge its halves first".formatted(other.getSegmentId()));
          }
          long first = segments.getOrDefault(one.getSegmentId(), -1L);
          long second = segments.getOrDefault(other.getSegmentId(), -1L);
          catchUp(connection, generation, first < second ? one : other, first, second);
          segments.remove(one.getSegmentId());
          segments.remove(other.getSegmentId());
          segments.put(one.mergedWith(other).getSegmentId(), Math.max(first, second));
        });
  }

  private interface Change {
    void on(Connection connection, Map<Integer, Long> segments) throws SQLException;
  }

  private List<SegmentPosition> change(Generation generation, Mark mark, Change change) {
    return transactions.run(
        connection -> {
          var stored = new ProcessorTokens(connection, tokens, generation.processor());
          Map<Integer, Long> segments = stored.lock();
          if (mark.on(connection)) {
            change.on(connection, segments);
            stored.replace(segments);
          }
          int[] ids = ids(segments);
          return segments.entrySet().stream()
              .map(
                  one ->
                      new SegmentPosition(
                          one.getKey(),
                          Segment.computeSegment(one.getKey(), ids).getMask(),
                          one.getValue()))
              .toList();
        });
  }

  private void catchUp(
      Connection connection, Generation generation, Segment behind, long first, long second)
      throws SQLException {
    if (first == second) {
      return;
    }
    if (ParkedSequences.read(connection, generation).size() > 0) {
      throw refused("events wait as dead letters, and the parts are not equally far; see dlq list");
    }
    var fold = new Fold<>(generation.projection());
    var buffer = new RowBuffer(generation.projection().tables());
    var pending = new int[1];
    StoredEvents.scan(
        connection,
        Math.min(first, second) + 1,
        Math.max(first, second),
        fold.names(catalogue),
        event -> {
          add(event, behind, fold, buffer);
          if (++pending[0] == EVENTS_A_FLUSH) {
            pending[0] = 0;
            buffer.flush(connection, generation.schema());
          }
        });
    buffer.flush(connection, generation.schema());
  }

  private void add(StoredEvent event, Segment segment, Fold<?> fold, RowBuffer buffer) {
    Messages.forEach(
        event,
        events,
        message -> {
          Object sequence = fold.sequence(message);
          if (segment.matches(sequence == null ? message.getIdentifier() : sequence)) {
            buffer.add(event.index(), fold.changes(event.index(), message));
          }
        });
  }

  private static Segment existing(Map<Integer, Long> segments, int segment) {
    if (!segments.containsKey(segment)) {
      throw refused("there is no part %d, there are %s".formatted(segment, segments.keySet()));
    }
    return Segment.computeSegment(segment, ids(segments));
  }

  private static int[] ids(Map<Integer, Long> segments) {
    return segments.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  private static OperationRefusedException refused(String reason) {
    return new OperationRefusedException(reason);
  }
}
