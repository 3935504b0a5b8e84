package io.countersign.query.projection;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a processor. Says after every task that the processor may have advanced: also
 * segments without events of their own advance in a task, which Axon tells nobody.
 */
final class SignalingExecutor extends ScheduledThreadPoolExecutor {

  private final Runnable advanced;

  SignalingExecutor(int threads, ThreadFactory factory, Runnable advanced) {
    super(threads, factory);
    this.advanced = advanced;
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable failure) {
    super.afterExecute(task, failure);
    advanced.run();
  }
}
