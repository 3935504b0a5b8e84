package io.countersign.command.domain;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Takes blocking work of an HTTP handler off the event loop. */
public final class OnVirtualThread {

  // no ExecutorService: a client that gives up would interrupt, and that closes a JDBC socket
  private static final Scheduler THREADS = Schedulers.fromExecutor(Thread::startVirtualThread);

  private OnVirtualThread() {}

  /** The result of the work, done on a virtual thread of its own. */
  public static <T> Mono<T> call(Callable<? extends T> work) {
    return Mono.<T>fromCallable(work).subscribeOn(THREADS);
  }
}
