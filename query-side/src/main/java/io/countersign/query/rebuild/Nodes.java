package io.countersign.query.rebuild;

import io.countersign.query.projection.Generation;
import io.countersign.query.projection.NodeTable;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Waits until the nodes that show life have noticed a change of a generation. */
final class Nodes {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final NodeTable table;
  private final ProjectionProcessors processors;

  Nodes(NodeTable table, ProjectionProcessors processors) {
    this.table = table;
    this.processors = processors;
  }

  /** Until they know it as it stands. */
  void awaitKnown(Generation generation, ReplayProgress progress) {
    await(generation, false, progress);
  }

  /** Until none has it any more. */
  void awaitForgotten(Generation generation, ReplayProgress progress) {
    await(generation, true, progress);
  }

  private void await(Generation generation, boolean absent, ReplayProgress progress) {
    processors.wake();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!table.isKnownEverywhere(generation, absent)) {
      if (System.nanoTime() - end > 0) {
        throw new ReplayFailedException(
            "a node that shows life did not take notice of %s in %d s"
                .formatted(generation.standing(), LONGEST.toSeconds()),
            new TimeoutException());
      }
      Naps.nap(PAUSE);
      progress.at(1, 1);
    }
  }
}
