package io.countersign.command.inbox;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs retention at the start and then every hour. */
final class RetentionSchedule {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

  private final Retention retention;
  private @Nullable Thread thread;

  RetentionSchedule(Retention retention) {
    this.retention = retention;
  }

  synchronized void start() {
    retention.prepare();
    thread = Thread.ofVirtual().name("inbox-retention").start(this::run);
  }

  synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        retention.prepare();
        retention.destroyExpired();
      } catch (RuntimeException e) {
        LOG.warn("retention will be tried again in an hour: {}", e.getClass().getName());
      }
      try {
        TimeUnit.HOURS.sleep(1);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
