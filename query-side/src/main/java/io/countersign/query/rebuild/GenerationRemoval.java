package io.countersign.query.rebuild;

import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Generation.State;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.NodeTable;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.Table;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Removes a generation nobody reads: first the nodes let go of it, then its tables go. */
public final class GenerationRemoval {

  private final GenerationTable table;
  private final Nodes nodes;
  private final Transactions transactions;

  /** In a database. */
  public GenerationRemoval(DataSource dataSource, ProjectionProcessors processors) {
    this.table = new GenerationTable(dataSource);
    this.nodes = new Nodes(new NodeTable(dataSource), processors);
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Removes it. The one that queries read stays, whoever asks.
   *
   * @param mark that it is done
   */
  public void run(Generation generation, Mark mark, ReplayProgress progress) {
    if (generation.state() == State.LIVE) {
      throw new IllegalArgumentException("queries read " + generation.processor());
    }
    Generation dropping = table.become(generation, State.DROPPING);
    nodes.awaitKnown(dropping, progress);
    transactions.run(
        connection -> {
          emptied(connection, dropping);
          GenerationTable.in(connection).remove(dropping);
          mark.on(connection);
          return dropping;
        });
  }

  /** Without tables; the first generation's stay, empty, because the migrations are about them. */
  static Generation emptied(Connection connection, Generation generation) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (generation.number() > 1) {
        statement.execute("drop schema if exists %s cascade".formatted(generation.schema()));
      } else {
        statement.execute(
            generation.projection().tables().stream()
                .map(Table::name)
                .map(name -> generation.schema() + "." + name)
                .collect(Collectors.joining(", ", "truncate ", "")));
      }
    }
    return generation;
  }
}
