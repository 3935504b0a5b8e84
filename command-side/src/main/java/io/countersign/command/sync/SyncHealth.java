package io.countersign.command.sync;

import io.countersign.command.automation.IntentDesk;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** How writes to the source stand in the whole installation, asked for every few seconds. */
final class SyncHealth implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SyncHealth.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final List<String> WRITES = List.of(ToWrite.KIND);

  private final IntentDesk desk;
  private final InstantSource clock;
  private volatile IntentDesk.Counts last = new IntentDesk.Counts(0, 0, null);
  private @Nullable Thread thread;

  SyncHealth(IntentDesk desk, InstantSource clock, MeterRegistry registry) {
    this.desk = desk;
    this.clock = clock;
    registry.gauge("countersign.sync.waiting", this, health -> health.last.waiting());
    registry.gauge("countersign.sync.failed", this, health -> health.last.failed());
    registry.gauge("countersign.sync.oldest.seconds", this, SyncHealth::oldestSeconds);
  }

  synchronized SyncHealth start() {
    thread = Thread.ofVirtual().name("sync-health").start(this::watch);
    return this;
  }

  void sample() {
    last = desk.counts(WRITES);
  }

  private double oldestSeconds() {
    Instant since = last.oldestDue();
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0);
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        sample();
      } catch (DataAccessException e) {
        LOG.debug("the database did not say how writes stand: {}", e.getClass().getName());
      }
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
