package io.countersign.query.projection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a processor. Says after every task that the processor may have advanced: also
 * segments without events of their own advance in a task, which Axon tells nobody.
 *
 * <p>While there is much to do, a task waits a moment, so that one transaction takes what else
 * comes meanwhile; the first after a quiet time starts at once.
 */
final class SignalingExecutor extends ScheduledThreadPoolExecutor {

  private final Runnable advanced;
  private final long gatherNanos;
  private volatile long lastEnd;

  /**
   * @param gather how long a task waits for others' events when another one ended just before
   */
  SignalingExecutor(int threads, ThreadFactory factory, Duration gather, Runnable advanced) {
    super(threads, factory);
    this.advanced = advanced;
    this.gatherNanos = gather.toNanos();
    this.lastEnd = System.nanoTime() - 2 * gatherNanos;
  }

  /** Everything that is submitted or executed comes this way. */
  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(task, delay > 0 ? unit.toNanos(delay) : gather(), TimeUnit.NANOSECONDS);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return super.schedule(task, delay > 0 ? unit.toNanos(delay) : gather(), TimeUnit.NANOSECONDS);
  }

  private long gather() {
    return System.nanoTime() - lastEnd < 2 * gatherNanos ? gatherNanos : 0;
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable failure) {
    super.afterExecute(task, failure);
    lastEnd = System.nanoTime();
    advanced.run();
  }
}
