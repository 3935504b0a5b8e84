package io.countersign.command.domain;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Takes blocking work of an HTTP handler off the event loop. */
public final class OnVirtualThread {

  private static final Scheduler THREADS =
      Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

  private OnVirtualThread() {}

  /** The result of the work, done on a virtual thread of its own. */
  public static <T> Mono<T> call(Callable<? extends T> work) {
    return Mono.<T>fromCallable(work).subscribeOn(THREADS);
  }
}
