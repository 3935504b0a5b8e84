package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.query.projection.BulkRows;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.RowsRefusedException;
import io.countersign.query.replay.Messages;
import io.countersign.query.replay.ReplayFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of its aggregates into rows, on a thread and a connection of its own. Rows and
 * position commit together, without waiting for the disk: what a crash of PostgreSQL takes is
 * loaded again.
 */
final class LoadPart implements Runnable {

  private static final int CHUNKS = 32;
  private static final int ROWS_A_FLUSH = 10_000;
  private static final int EVENTS_A_FLUSH = 25_000;

  private final int number;
  private final Generation generation;
  private final DataSource dataSource;
  private final Serializer serializer;
  private final Fold<?> fold;
  private final LoadPositions positions;
  private final BulkRows rows;
  private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CHUNKS);
  private final long position;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean stopped;
  private long committed;
  private long events;

  /**
   * Events of the part, and how far the log was read for it.
   *
   * @param upTo every event of the part up to this entry is in this chunk or one before it
   * @param last whether nothing comes after it
   */
  record Chunk(List<StoredEvent> events, long upTo, boolean last) {}

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

  /** Hands over a chunk, waiting for room; throws what the part failed with. */
  void take(Chunk chunk) throws InterruptedException {
    do {
      rethrow();
    } while (!queue.offer(chunk, 100, TimeUnit.MILLISECONDS));
  }

  /** Throws what it failed with, if it has. */
  void rethrow() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  /** Ends it as soon as it can, with what is committed. */
  void stop() {
    stopped = true;
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
      failure = ReplayFailedException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new IllegalStateException("interrupted", e);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void load(Connection connection) throws SQLException, InterruptedException {
    while (!stopped) {
      Chunk chunk = queue.poll(100, TimeUnit.MILLISECONDS);
      if (chunk != null) {
        chunk.events().forEach(this::fold);
        if (chunk.last() || rows.size() >= ROWS_A_FLUSH || events >= EVENTS_A_FLUSH) {
          flush(connection, chunk.upTo());
        }
        if (chunk.last()) {
          return;
        }
      }
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
