package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.query.projection.BulkRows;
import io.countersign.query.projection.EvictedSequences;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ParkedSequences;
import io.countersign.query.projection.RowsRefusedException;
import io.countersign.query.projection.StoredPositions;
import io.countersign.query.replay.PartQueue.Chunk;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;

/**
 * Turns the events of its aggregates into rows of temporary tables, on a thread and a connection of
 * its own. After a failure it goes on with what comes before that in the log, because something
 * earlier may fail as well.
 */
final class ReplayPart implements Runnable {

  private static final int ROWS_A_FLUSH = 4_000;

  private final Snapshot snapshot;
  private final Fold<?> fold;
  private final Sight sight;
  private final Serializer serializer;
  private final FirstFailure failure;
  private final BulkRows rows;
  private final PartQueue queue = new PartQueue();

  /**
   * What of the log the rows of a projection hold, as one snapshot sees it.
   *
   * @param positions how far its processor is
   * @param parked what waits
   * @param evicted what was given up
   */
  record Sight(StoredPositions positions, ParkedSequences parked, EvictedSequences evicted) {

    boolean holds(long index, EventMessage<?> message) {
      return positions.covers(index, message)
          && !parked.hold(index, message)
          && !evicted.hold(index, message);
    }
  }

  /**
   * A part.
   *
   * @param snapshot the same sight on a connection of its own
   * @param serializer of events
   * @param failure shared by all parts
   */
  ReplayPart(
      Snapshot snapshot,
      Generation generation,
      Sight sight,
      Serializer serializer,
      FirstFailure failure)
      throws SQLException {
    this.snapshot = snapshot;
    this.fold = new Fold<>(generation.projection());
    this.sight = sight;
    this.serializer = serializer;
    this.failure = failure;
    this.rows = new BulkRows(generation.projection().tables(), TemporaryTables.SCHEMA, true);
    TemporaryTables.create(snapshot.connection(), generation);
  }

  PartQueue queue() {
    return queue;
  }

  /** Where the rows lie, in {@link TemporaryTables#SCHEMA}. */
  Connection connection() {
    return snapshot.connection();
  }

  @Override
  public void run() {
    try {
      Chunk chunk = queue.next();
      while (chunk != null) {
        fold(chunk);
        chunk = chunk.last() ? null : queue.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.fail(e);
    } catch (RuntimeException | Error e) {
      queue.fail(e);
    }
  }

  private void fold(Chunk chunk) {
    for (StoredEvent event : chunk.events()) {
      if (failure.concerns(event.index())) {
        fold(event);
      }
    }
    if (!failure.isThere() && (chunk.last() || rows.size() >= ROWS_A_FLUSH)) {
      try {
        rows.flush(snapshot.connection());
      } catch (RowsRefusedException e) {
        failure.add(
            chunk.upTo(),
            new ReplayFailedException(
                "rows were refused, SQLSTATE " + e.sqlState(),
                new SQLException("refused", e.sqlState())));
      }
    }
  }

  private void fold(StoredEvent event) {
    try {
      Messages.forEach(
          event,
          serializer,
          message -> {
            if (sight.holds(event.index(), message)) {
              rows.add(event.index(), fold.changes(event.index(), message));
            }
          });
    } catch (ReplayFailedException e) {
      failure.add(event.index(), e);
    }
  }
}
