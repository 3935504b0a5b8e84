package io.countersign.command.reconciliation;

import io.countersign.kernel.project.ProjectId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that a run lives, however long the source takes to answer. A node that dies takes its
 * heartbeats with it, so the lease can be short.
 */
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final RunTable table;
  private final ProjectId project;
  private final UUID run;
  private final Duration pause;
  private final CountDownLatch over = new CountDownLatch(1);

  private Heartbeat(RunTable table, ProjectId project, UUID run) {
    this.table = table;
    this.project = project;
    this.run = run;
    this.pause = table.lease().dividedBy(4);
  }

  /** Of a run that holds its project, until closed. */
  static Heartbeat of(RunTable table, ProjectId project, UUID run) {
    var heartbeat = new Heartbeat(table, project, run);
    Thread.ofVirtual().name("reconciliation-heartbeat").start(heartbeat::beat);
    return heartbeat;
  }

  private void beat() {
    try {
      while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        renew();
      }
    } catch (NotComparedException _) {
      // another run has the project: this one finds out before it moves anything
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() throws NotComparedException {
    try {
      table.renew(project, run);
    } catch (RuntimeException e) {
      LOG.debug("the lease of {} is not renewed this time: {}", project, e.getClass().getName());
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
