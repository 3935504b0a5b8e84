package io.countersign.query.reading;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Blocking work of read endpoints, each on a virtual thread of its own. */
public final class BlockingCalls implements AutoCloseable {

  // no ExecutorService: a client that gives up would interrupt, and that closes a JDBC socket
  private final Scheduler scheduler = Schedulers.fromExecutor(Thread::startVirtualThread);

  /** Calls when subscribed to. */
  public <T> Mono<T> call(Callable<? extends T> callable) {
    return Mono.<T>fromCallable(callable).subscribeOn(scheduler);
  }

  @Override
  public void close() {
    scheduler.dispose();
  }
}
