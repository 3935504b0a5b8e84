package io.countersign.query.rebuild;

import io.countersign.query.projection.Generation;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.NodeTable;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.replay.ReplayProgress;
import javax.sql.DataSource;

/** Lets a generation's processor stand still on all nodes, or go on. */
public final class GenerationPause {

  private final GenerationTable table;
  private final Nodes nodes;

  /** In a database. */
  public GenerationPause(DataSource dataSource, ProjectionProcessors processors) {
    this.table = new GenerationTable(dataSource);
    this.nodes = new Nodes(new NodeTable(dataSource), processors);
  }

  /** Until every node that shows life has done so. */
  public void run(Generation generation, boolean paused, ReplayProgress progress) {
    nodes.awaitKnown(table.pause(generation, paused), progress);
  }
}
