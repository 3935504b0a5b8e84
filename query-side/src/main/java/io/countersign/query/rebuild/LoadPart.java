package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.query.projection.BulkRows;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.RowsRefusedException;
import io.countersign.query.replay.Messages;
import io.countersign.query.replay.PartQueue;
import io.countersign.query.replay.PartQueue.Chunk;
import io.countersign.query.replay.ReplayFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Turns the events of its aggregates into rows, on a thread and a connection of its own. Rows and
 * position commit together, without waiting for the disk: what a crash of PostgreSQL takes is
 * loaded again.
 */
final class LoadPart implements Runnable {

  private static final int ROWS_A_FLUSH = 4_000;
  private static final int EVENTS_A_FLUSH = 25_000;

  private final int number;
  private final Generation generation;
  private final DataSource dataSource;
  private final Serializer serializer;
  private final Fold<?> fold;
  private final LoadPositions positions;
  private final BulkRows rows;
  private final PartQueue queue = new PartQueue();
  private final long position;
  private long committed;
  private long events;

  LoadPart(
      int number,
      Generation generation,
      DataSource dataSource,
      Serializer serializer,
      LoadPositions.Part from) {
    this.number = number;
    this.generation = generation;
    this.dataSource = dataSource;
    this.serializer = serializer;
    this.fold = new Fold<>(generation.projection());
    this.positions = new LoadPositions(generation.schema());
    this.position = from.position();
    this.committed = position;
    this.rows = new BulkRows(generation.projection().tables(), generation.schema(), position < 0);
  }

  PartQueue queue() {
    return queue;
  }

  @Override
  public void run() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        load(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      queue.fail(ReplayFailedException.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.fail(e);
    } catch (RuntimeException | Error e) {
      queue.fail(e);
    }
  }

  private void load(Connection connection) throws SQLException, InterruptedException {
    Chunk chunk = queue.next();
    while (chunk != null) {
      chunk.events().forEach(this::fold);
      if (chunk.last() || rows.size() >= ROWS_A_FLUSH || events >= EVENTS_A_FLUSH) {
        flush(connection, chunk.upTo());
      }
      chunk = chunk.last() ? null : queue.next();
    }
  }

  private void fold(StoredEvent event) {
    if (event.index() <= position) {
      return;
    }
    Messages.forEach(
        event,
        serializer,
        message -> rows.add(event.index(), fold.changes(event.index(), message)));
    events++;
  }

  private void flush(Connection connection, long upTo) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local synchronous_commit to off");
    }
    try {
      rows.flush(connection);
    } catch (RowsRefusedException e) {
      connection.rollback();
      throw refused(connection, e);
    }
    long reached = Math.max(upTo, committed);
    positions.reached(connection, number, committed, reached, events);
    connection.commit();
    committed = reached;
    events = 0;
  }

  private ReplayFailedException refused(Connection connection, RowsRefusedException refusal)
      throws SQLException {
    OptionalLong entry = rows.refused(connection);
    return new ReplayFailedException(
        refusal.getMessage()
            + (entry.isEmpty()
                ? ""
                : "; the first such row was last changed by entry " + entry.getAsLong()),
        new SQLException("refused", refusal.sqlState()));
  }
}
