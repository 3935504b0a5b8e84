package io.countersign.eventlog.command;

import io.countersign.eventlog.append.LogOverloadedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.common.AxonTransientException;
import org.axonframework.modelling.command.AggregateStreamCreationException;

/**
 * Sends a command again, with the same message identifier, after a failure that may pass: a
 * conflict, a log that was away, an unknown outcome. A bounded number of times, each on a virtual
 * thread of its own. An overloaded log is not asked again: the sender has to slow down.
 */
public final class TransientRetry implements RetryScheduler, AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;
  private final int maxRetries;
  private final Duration firstPause;

  /**
   * Pauses double from the first one, with jitter.
   *
   * @param maxRetries after the first try
   */
  public TransientRetry(int maxRetries, Duration firstPause) {
    this.maxRetries = maxRetries;
    this.firstPause = firstPause;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon(true).name("countersign-retry").factory());
  }

  @Override
  @SuppressWarnings("rawtypes") // Axon's signature
  public boolean scheduleRetry(
      CommandMessage commandMessage,
      RuntimeException lastFailure,
      List<Class<? extends Throwable>[]> failures,
      Runnable commandDispatch) {
    if (!mayPass(lastFailure) || failures.size() > maxRetries) {
      return false;
    }
    long pause = firstPause.toNanos() << Math.min(failures.size() - 1, 10);
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    try {
      timer.schedule(
          () -> Thread.ofVirtual().name("countersign-retry").start(commandDispatch),
          jittered,
          TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogOverloadedException) {
        return false;
      }
      if (cause instanceof AxonTransientException
          || cause instanceof AggregateStreamCreationException) {
        return true;
      }
    }
    return false;
  }

  /** No more retries. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
