package io.countersign.audit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that works in steps with pauses between them, until it is closed. */
public final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Semaphore end = new Semaphore(0);
  private @Nullable Thread thread;

  /**
   * Does not start yet.
   *
   * @param name of the thread
   */
  public Worker(String name) {
    this.name = name;
  }

  /** Starts the work, which asks {@link #ended} between two steps. */
  public void start(Runnable work) {
    thread = Thread.ofPlatform().name(name).daemon(true).start(work);
  }

  /** Pauses, unless it is to end meanwhile; then it says so at once. */
  public boolean ended(Duration pause) {
    try {
      return end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread after the step it is at, and waits for that. */
  @Override
  public void close() {
    Thread running = thread;
    end.release();
    try {
      if (running != null && !running.join(STOP)) {
        LOG.warn("{} did not end in {}", name, STOP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
