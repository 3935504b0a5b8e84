package io.countersign.eventlog.processing;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the coordinator of one pooled processor without its two long sleeps. Axon 4.13.0's
 * coordinator sleeps 100 ms for all segments whenever one buffer of 1,024 events is full, which
 * holds every replay at 10,000 events a second, and polls every 500 ms a source that cannot call
 * back. Here these are 1 ms and 10 ms; all other delays stay.
 */
public final class PromptCoordinatorExecutor extends ScheduledThreadPoolExecutor {

  /** The coordinator's sleep when a buffer is full, in milliseconds. */
  static final long FULL_BUFFER = 100;

  /** The coordinator's poll of a source without callback, in milliseconds. */
  static final long NO_CALLBACK = 500;

  /** One daemon thread, named after the processor. */
  public PromptCoordinatorExecutor(String processor) {
    super(1, Thread.ofPlatform().daemon(true).name("coordinator[" + processor + "]").factory());
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    long millis = unit.toMillis(delay);
    if (millis == FULL_BUFFER) {
      return super.schedule(command, 1, TimeUnit.MILLISECONDS);
    }
    if (millis == NO_CALLBACK) {
      return super.schedule(command, 10, TimeUnit.MILLISECONDS);
    }
    return super.schedule(command, delay, unit);
  }
}
