package io.countersign.query.projection;

import io.countersign.eventlog.append.Outage;
import io.countersign.eventlog.database.OutageLog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of the generations: looked up each second, told to whoever has processors to
 * start and stop, and shown to other nodes when that is done.
 */
final class Generations {

  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So long a stop waits for a database that may be away. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final OutageLog outage = new OutageLog(LOG, "generations of projections cannot be seen");
  private final GenerationTable table;
  private final NodeTable nodes;
  private final Collection<Projection<?>> projections;
  private final String node;
  private final Work work;
  private final Semaphore wake = new Semaphore(0);
  private volatile List<Generation> known = List.of();
  private volatile boolean running;
  private @Nullable Thread thread;

  /** This node's processors. */
  interface Work {

    /** Makes them fit what is known; throws when it cannot. */
    void fit(List<Generation> known);

    /** What stops segments of them. */
    List<SegmentFailure> failures();

    /** Takes this node's share of all segments, told how many nodes there are. */
    void share(int nodes);
  }

  /** Of these projections. */
  Generations(
      GenerationTable table,
      NodeTable nodes,
      Collection<Projection<?>> projections,
      String node,
      Work work) {
    this.table = table;
    this.nodes = nodes;
    this.projections = projections;
    this.node = node;
    this.work = work;
  }

  /** As this node knows them and has made its processors fit. */
  List<Generation> known() {
    return known;
  }

  /** Looks once, then each second from a thread of its own. */
  synchronized void start() {
    running = true;
    projections.forEach(table::first);
    look();
    thread = Thread.ofPlatform().name("projection-generations").daemon().start(this::run);
  }

  /** Stops looking. Processors stay as they are. */
  synchronized void stop() {
    running = false;
    wake.release();
    Thread started = thread;
    if (started != null) {
      try {
        started.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
      leave();
    }
  }

  /** Nobody is to wait for this node; a database that is away does not keep it from stopping. */
  private void leave() {
    Thread leaving =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    nodes.gone(node);
                  } catch (RuntimeException e) {
                    LOG.debug("this node's row stays until it is too old", e);
                  }
                });
    try {
      leaving.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** There may be something new. */
  void wake() {
    wake.release();
  }

  private void run() {
    try {
      while (running) {
        if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        if (running) {
          lookAgain();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      look();
      outage.works();
    } catch (RuntimeException e) {
      outage.failed(Outage.behind(e).map(Outage::code).orElse(e.getClass().getSimpleName()));
    }
  }

  private void look() {
    List<Generation> now = table.all(projections);
    work.fit(now);
    known = now;
    nodes.showLife(node, now, work.failures());
    work.share(nodes.alive().size());
  }
}
