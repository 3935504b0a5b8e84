package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.EntryRelation;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.SetBased;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Fills the tables of a generation by statements over ranges of the log, without reading it here.
 * Rows and position of a range commit together; goes on where it was when it was ended before its
 * end.
 */
final class SetLoad {

  /** A range takes a second or so: that long it cannot be ended. */
  private static final int ENTRIES_A_STATEMENT = 100_000;

  /** Its rows are one part's. */
  static final int PARTS = 1;

  private final Transactions transactions;
  private final String statement;
  private final Set<String> names;
  private final LoadPositions positions;
  private final int eventsPerSecond;
  private final ReplayProgress progress;

  /**
   * A load.
   *
   * @param rows how the generation's projection makes its rows
   * @param eventsPerSecond most entries that are loaded in a second
   */
  SetLoad(
      DataSource dataSource,
      EventCatalogue catalogue,
      Generation generation,
      SetBased rows,
      int eventsPerSecond,
      ReplayProgress progress) {
    this.transactions = new Transactions(dataSource);
    this.statement = rows.loading(generation.schema());
    this.names = new Fold<>(generation.projection()).names(catalogue);
    this.positions = new LoadPositions(generation.schema());
    this.eventsPerSecond = eventsPerSecond;
    this.progress = progress;
  }

  /**
   * Loads everything up to an entry. Blocks.
   *
   * @param to index of the last entry
   */
  void run(long to) {
    var pace = new Pace(eventsPerSecond);
    int range = Math.min(ENTRIES_A_STATEMENT, eventsPerSecond);
    long loaded = transactions.run(positions::read).getFirst().position();
    while (loaded < to) {
      long from = loaded + 1;
      long last = Math.min(to, loaded + range);
      progress.at(from, to + 1);
      wait(pace, last - loaded, () -> progress.at(from, to + 1));
      transactions.run(connection -> load(connection, from, last));
      loaded = last;
    }
    progress.at(to + 1, to + 1);
  }

  private static void wait(Pace pace, long entries, Runnable meanwhile) {
    try {
      pace.next(entries, meanwhile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private long load(Connection connection, long from, long last) throws SQLException {
    try (var local = connection.createStatement()) {
      // what a crash of PostgreSQL takes is loaded again
      local.execute("set local synchronous_commit to off");
    }
    try {
      EntryRelation.over(connection, from, last, names, statement);
    } catch (SQLException e) {
      throw new ReplayFailedException(
          "the rows of entries %d to %d cannot be made, SQLSTATE %s"
              .formatted(from, last, e.getSQLState()),
          e);
    }
    positions.reached(connection, 0, from - 1, last, last - from + 1);
    return last;
  }
}
