package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.projection.ComparedTable;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.projection.EvictedSequences;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ParkedSequences;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowBuffer;
import io.countersign.query.projection.RowsRefusedException;
import io.countersign.query.projection.StoredPositions;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Proves that a projection's rows are what a replay of the log makes, or finds what differs. Rows
 * and the positions of their parts commit together, so one transaction with a snapshot sees both as
 * they belong together, while everything goes on. In the same transaction the log is replayed, each
 * part up to its own position, into temporary tables, and both sides are read in order of their
 * keys. A sequence with dead letters is replayed up to the first of them; what was given up is left
 * out, as it is out of the rows, and named in the result.
 *
 * <p>Takes one connection, and as long as reading the log takes; the snapshot it holds meanwhile
 * keeps PostgreSQL from removing old versions of rows.
 */
public final class Verification {

  private static final int EVENTS_A_FLUSH = 2_000;

  private final DataSource dataSource;
  private final Serializer events;
  private final Serializer tokens;
  private final EventCatalogue catalogue;

  /**
   * Verifies in a database.
   *
   * @param events serializer of events
   * @param tokens serializer of the processors' tokens
   */
  public Verification(
      DataSource dataSource, Serializer events, Serializer tokens, EventCatalogue catalogue) {
    this.dataSource = dataSource;
    this.events = events;
    this.tokens = tokens;
    this.catalogue = catalogue;
  }

  /**
   * Compares all rows. Blocks until it is done.
   *
   * @param operation what the result belongs to
   * @throws ReplayStoppedException when the progress ended it
   * @throws ReplayFailedException when an event cannot be replayed, or the database fails
   */
  public Verified run(Generation generation, UUID operation, ReplayProgress progress) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return compare(connection, generation, operation, progress);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw ReplayFailedException.of(e);
    } catch (RowsRefusedException e) {
      throw new ReplayFailedException(
          "rows were refused, SQLSTATE " + e.sqlState(), new SQLException("refused", e.sqlState()));
    }
  }

  private Verified compare(
      Connection connection, Generation generation, UUID operation, ReplayProgress progress)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local time zone 'UTC'");
    }
    Projection<?> projection = generation.projection();
    StoredPositions positions = StoredPositions.read(connection, tokens, generation);
    ParkedSequences parked = ParkedSequences.read(connection, generation.processor());
    EvictedSequences evicted = EvictedSequences.read(connection, generation.processor(), events);
    TemporaryTables.create(connection, generation);
    replay(connection, projection, positions, parked, evicted, progress);
    List<ComparedTable> tables = new ArrayList<>();
    for (Table table : projection.tables()) {
      tables.add(new TableComparison(connection, generation.schema(), table).run());
    }
    return new Verified(
        projection.name(),
        operation,
        projection.version(),
        generation.number(),
        positions.segments(),
        tables,
        tables.stream().allMatch(table -> table.differing() == 0),
        parked.size() == 0 ? null : parked.size(),
        evicted.leftOut());
  }

  private void replay(
      Connection connection,
      Projection<?> projection,
      StoredPositions positions,
      ParkedSequences parked,
      EvictedSequences evicted,
      ReplayProgress progress)
      throws SQLException {
    var fold = new Fold<>(projection);
    var buffer = new RowBuffer(projection.tables());
    var pending = new int[1];
    long all = positions.last() + 1;
    progress.phase("verifying");
    progress.at(0, all);
    StoredEvents.scan(
        connection,
        0,
        positions.last(),
        fold.names(catalogue),
        event -> {
          add(event, fold, positions, parked, evicted, buffer);
          if (++pending[0] == EVENTS_A_FLUSH) {
            pending[0] = 0;
            buffer.flush(connection, TemporaryTables.SCHEMA);
            progress.at(event.index() + 1, all);
          }
        });
    buffer.flush(connection, TemporaryTables.SCHEMA);
    progress.at(all, all);
  }

  private void add(
      StoredEvent event,
      Fold<?> fold,
      StoredPositions positions,
      ParkedSequences parked,
      EvictedSequences evicted,
      RowBuffer buffer) {
    Messages.forEach(
        event,
        events,
        message -> {
          if (positions.covers(event.index(), message)
              && !parked.hold(event.index(), message)
              && !evicted.hold(event.index(), message)) {
            buffer.add(event.index(), fold.changes(event.index(), message));
          }
        });
  }
}
