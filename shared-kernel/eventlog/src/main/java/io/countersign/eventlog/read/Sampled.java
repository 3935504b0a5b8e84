package io.countersign.eventlog.read;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something read from the database for metrics: read at most once a second, by one thread at a
 * time, and whoever asks waits for half a second at most. Metrics have to answer just when the
 * database is slow. What cannot be read is absent, and so is what was read too long ago.
 *
 * @param <T> what is read
 */
public final class Sampled<T> {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = Duration.ofMillis(500).toNanos();
  private static final long STALE = Duration.ofSeconds(30).toNanos();

  private final Supplier<T> reading;
  private @Nullable Sample<T> newest;
  private @Nullable Run running;

  private record Sample<T>(@Nullable T value, long at) {}

  private record Run(long begun, CountDownLatch ended) {}

  /** Reads with this, on threads of its own. */
  public Sampled(Supplier<T> reading) {
    this.reading = reading;
  }

  /** The newest sample. */
  public Optional<T> get() {
    Run run;
    synchronized (this) {
      if (newest != null && System.nanoTime() - newest.at() < FRESH) {
        return Optional.ofNullable(newest.value());
      }
      run = running == null ? start() : running;
    }
    await(run);
    synchronized (this) {
      return newest == null || System.nanoTime() - newest.at() > STALE
          ? Optional.empty()
          : Optional.ofNullable(newest.value());
    }
  }

  private Run start() {
    var run = new Run(System.nanoTime(), new CountDownLatch(1));
    running = run;
    Thread.startVirtualThread(() -> read(run));
    return run;
  }

  private void read(Run run) {
    T value = null;
    try {
      value = reading.get();
    } catch (RuntimeException _) {
      // not to be had now; the next one who asks tries again
    } finally {
      synchronized (this) {
        newest = new Sample<>(value, run.begun());
        running = null;
      }
      run.ended().countDown();
    }
  }

  private static void await(Run run) {
    try {
      run.ended().await(PATIENCE - (System.nanoTime() - run.begun()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
