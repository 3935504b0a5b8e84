package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.projection.ProjectionEvent.Switched;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Generation.State;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.NodeTable;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Has queries read another generation. Before, every node waits for that one's position as well, so
 * that nobody who asked for a position reads less after the switch; the views then move in one
 * transaction.
 */
public final class GenerationSwitch {

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration STANDSTILL = Duration.ofMinutes(1);
  private static final int TRIES = 60;

  private final GenerationTable table;
  private final ProjectionProcessors processors;
  private final ProjectionPositions positions;
  private final Nodes nodes;
  private final Transactions transactions;

  /** In a database. */
  public GenerationSwitch(
      DataSource dataSource, ProjectionProcessors processors, ProjectionPositions positions) {
    this.table = new GenerationTable(dataSource);
    this.processors = processors;
    this.positions = positions;
    this.nodes = new Nodes(new NodeTable(dataSource), processors);
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Waits until a generation has seen what the log has now.
   *
   * @throws ReplayFailedException when it stands still
   */
  public void awaitCaughtUp(Generation generation, ReplayProgress progress) {
    progress.phase("catching up");
    long head = transactions.run(StoredEvents::lastIndex);
    long last = -1;
    long moved = System.nanoTime();
    for (; ; ) {
      long position = positions.storedPosition(generation.processor());
      if (position >= head) {
        return;
      }
      if (position > last) {
        last = position;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
        throw new ReplayFailedException(
            "%s stands still at entry %d; see its error in the status"
                .formatted(generation.processor(), position),
            new TimeoutException());
      }
      progress.at(position + 1, head + 1);
      Naps.nap(PAUSE);
    }
  }

  /** Has queries read a generation that follows the log; nothing when they do. */
  public Switched run(Generation target, UUID operation, ReplayProgress progress) {
    if (target.state() != State.LIVE) {
      awaitCaughtUp(target, progress);
      Generation ready = table.become(target, State.READY);
      nodes.awaitKnown(ready, progress);
      awaitCaughtUp(ready, progress);
      progress.phase("switching");
      move(ready, operation, progress);
      processors.wake();
    }
    Generation before = table.lastBefore(target, processors.versions()).orElse(target);
    return new Switched(
        target.name(),
        operation,
        before.projection().version(),
        before.number(),
        target.projection().version(),
        target.number());
  }

  /** Gives up after a minute behind readers that do not end. */
  private void move(Generation target, UUID operation, ReplayProgress progress) {
    for (int round = 1; ; round++) {
      try {
        transactions.tryRun(connection -> moved(connection, target, operation));
        return;
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || round == TRIES) {
          throw ReplayFailedException.of(e);
        }
        progress.at(1, 1);
      }
    }
  }

  private static Generation moved(Connection connection, Generation target, UUID operation)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      // whoever waits for a lock holds up all that come after it
      statement.execute("set local lock_timeout to '1s'");
    }
    GenerationTable.in(connection).unseat(target.name());
    GenerationTable.in(connection).seat(target, operation);
    JdbcClient.create(new SingleConnectionDataSource(connection, true))
        .sql("select rm.show_%s(?)".formatted(target.projection().schema()))
        .param(target.schema())
        .query((_, _) -> target)
        .single();
    return target;
  }
}
