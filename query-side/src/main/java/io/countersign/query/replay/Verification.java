package io.countersign.query.replay;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.projection.ComparedTable;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.projection.EvictedSequences;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ParkedSequences;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.StoredPositions;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Proves that a projection's rows are what a replay of the log makes, or finds what differs. Rows
 * and the positions of their parts commit together, so one transaction with a snapshot sees both as
 * they belong together, while everything goes on. In the same sight the log is replayed, each part
 * up to its own position, into temporary tables, and both sides are read in order of their keys. A
 * sequence with dead letters is replayed up to the first of them; what was given up is left out, as
 * it is out of the rows, and named in the result.
 *
 * <p>Several workers replay beside each other, each the events of its aggregates; what comes out is
 * the same with one. Takes a connection for each and one more, and as long as reading the log
 * takes; the snapshot it holds meanwhile keeps PostgreSQL from removing old versions of rows.
 */
public final class Verification {

  private final DataSource dataSource;
  private final Serializer events;
  private final Serializer tokens;
  private final EventCatalogue catalogue;
  private final int workers;

  /**
   * Verifies in a database, with as many workers as a load has.
   *
   * @param events serializer of events
   * @param tokens serializer of the processors' tokens
   */
  public Verification(
      DataSource dataSource, Serializer events, Serializer tokens, EventCatalogue catalogue) {
    this(dataSource, events, tokens, catalogue, PartRouter.usualParts());
  }

  Verification(
      DataSource dataSource,
      Serializer events,
      Serializer tokens,
      EventCatalogue catalogue,
      int workers) {
    this.workers = workers;
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
    try (Snapshot snapshot = Snapshot.take(dataSource)) {
      return compare(snapshot, generation, operation, progress);
    } catch (SQLException e) {
      throw ReplayFailedException.of(e);
    }
  }

  private Verified compare(
      Snapshot snapshot, Generation generation, UUID operation, ReplayProgress progress)
      throws SQLException {
    Connection connection = snapshot.connection();
    Projection<?> projection = generation.projection();
    StoredPositions positions = StoredPositions.read(connection, tokens, generation);
    ParkedSequences parked = ParkedSequences.read(connection, generation);
    EvictedSequences evicted = EvictedSequences.read(connection, generation, events);
    var sight = new ReplayPart.Sight(positions, parked, evicted);
    List<ComparedTable> tables = new ArrayList<>();
    long all = positions.last() + 1;
    progress.phase("verifying");
    progress.at(0, all);
    try (var replay = new Replay(snapshot, generation, sight, catalogue, events, workers)) {
      replay.run(positions.last(), progress);
      for (Table table : projection.tables()) {
        tables.add(
            new TableComparison(connection, replay.connections(), generation.schema(), table)
                .run(() -> progress.at(all, all)));
      }
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
}
