package io.countersign.app.web;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Blocking work of a request: on a virtual thread, never on the event loop. */
public final class BlockingWork {

  // no ExecutorService: a client that gives up would interrupt, and that closes a JDBC socket
  private static final Scheduler VIRTUAL_THREADS =
      Schedulers.fromExecutor(Thread::startVirtualThread);

  private BlockingWork() {}

  /** Runs it when subscribed to. */
  public static <T> Mono<T> mono(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(VIRTUAL_THREADS);
  }
}
