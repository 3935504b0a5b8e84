package io.countersign.command.domain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A look-up that many threads need at once. Each gets an answer that was read after it asked: those
 * that ask while a read runs share the next one. So under load a read serves many, and nobody sees
 * the past.
 */
public final class SharedRead<T> {

  private final Supplier<T> read;
  private final ReentrantLock running = new ReentrantLock();
  private final Object change = new Object();
  private CompletableFuture<T> next = new CompletableFuture<>();
  private boolean led;

  /**
   * Shares a read.
   *
   * @param read never called by two threads at once
   */
  public SharedRead(Supplier<T> read) {
    this.read = read;
  }

  /** What a read that began after this call gave, or threw. */
  public T get() {
    CompletableFuture<T> mine;
    boolean leads;
    synchronized (change) {
      mine = next;
      leads = !led;
      led = true;
    }
    if (leads) {
      lead(mine);
    }
    try {
      return mine.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void lead(CompletableFuture<T> mine) {
    running.lock();
    try {
      synchronized (change) {
        next = new CompletableFuture<>();
        led = false;
      }
      mine.complete(read.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      running.unlock();
    }
  }
}
