package io.countersign.query.rebuild;

import io.countersign.query.projection.Generation;
import io.countersign.query.projection.NodeTable;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.SegmentReleases;
import io.countersign.query.projection.SegmentReleases.Asked;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Has the node that holds a parallel part of a generation's processor let it go, so that another
 * may take it. That node does not take it again for some seconds; when there is no other, it does
 * after that.
 */
public final class SegmentRelease {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final SegmentReleases releases;
  private final NodeTable nodes;
  private final ProjectionProcessors processors;

  /** In a database. */
  public SegmentRelease(DataSource dataSource, ProjectionProcessors processors) {
    this.releases = new SegmentReleases(dataSource);
    this.nodes = new NodeTable(dataSource);
    this.processors = processors;
  }

  /**
   * Until the node has let go. Asked for again for the same operation, it is the same node that
   * lets go, once.
   *
   * @return the node
   */
  public String run(Generation generation, int segment, UUID operation, ReplayProgress progress) {
    Asked asked =
        releases
            .ask(operation, generation, segment)
            .orElseThrow(
                () ->
                    new OperationRefusedException(
                        "no node holds a part %d of %s"
                            .formatted(segment, generation.processor())));
    processors.wake();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!asked.released()) {
      if (!nodes.alive().contains(asked.node())) {
        releases.withdraw(operation);
        throw new OperationRefusedException(
            "node %s holds part %d and shows no life: another takes it when its claim has run out"
                .formatted(asked.node(), segment));
      }
      if (System.nanoTime() - end > 0) {
        throw new ReplayFailedException(
            "node %s did not let go of part %d in %d s"
                .formatted(asked.node(), segment, LONGEST.toSeconds()),
            new TimeoutException());
      }
      Naps.nap(PAUSE);
      progress.at(1, 1);
      asked = releases.find(operation).orElse(asked);
    }
    return asked.node();
  }

  /** Whether the node has let go. */
  public boolean isDone(UUID operation) {
    return releases.find(operation).filter(Asked::released).isPresent();
  }

  /** It is no longer wanted. */
  public void withdraw(UUID operation) {
    releases.withdraw(operation);
  }
}
