package io.countersign.eventlog.append;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows on every node whether the log is halted, without asking for each request: one small query a
 * second. The append itself asks under its lock; this is for those who refuse earlier.
 */
public final class HaltWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HaltWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Halts halts;
  private final Semaphore end = new Semaphore(0);
  private volatile @Nullable Halt known;
  private @Nullable Thread thread;

  /** Does not watch yet. */
  public HaltWatch(Halts halts) {
    this.halts = halts;
  }

  /** Looks once, then keeps looking. */
  public void start() {
    look();
    thread = Thread.ofVirtual().name("countersign-halt-watch").start(this::run);
  }

  /** What stood at the last look. */
  public Optional<Halt> current() {
    return Optional.ofNullable(known);
  }

  private void run() {
    try {
      while (!end.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that does not answer changes nothing: it refuses everything by itself. */
  void look() {
    Halt before = known;
    Halt now;
    try {
      now = halts.current().orElse(null);
    } catch (SQLException e) {
      return;
    }
    known = now;
    if (now != null && before == null) {
      LOG.error("THE LOG IS HALTED, nothing is taken in: {} ({})", now.words(), now.reason());
    } else if (now == null && before != null) {
      LOG.info("the log is not halted any more");
    }
  }

  /** Ends the watching. */
  @Override
  public void close() {
    end.release();
    Thread watching = thread;
    try {
      if (watching != null) {
        watching.join(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
