package io.countersign.eventlog.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way along the log: pages of its own while it is behind, the shared ring once it has
 * caught up. Never hands out an event whose index is not the one after the last.
 */
final class LogStream implements TrackingEventStream {

  private final LogTail tail;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<TailEvent> chunk = new ArrayDeque<>();
  private final Deque<TrackedEventMessage<?>> ready = new ArrayDeque<>();
  private long next;
  private volatile boolean closed;
  private volatile @Nullable Runnable onAvailable;

  LogStream(LogTail tail, long next) {
    this.tail = tail;
    this.next = next;
  }

  @Override
  public Optional<TrackedEventMessage<?>> peek() {
    lock.lock();
    try {
      return fill() ? Optional.ofNullable(ready.peekFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!fill()) {
        long left = end - System.nanoTime();
        if (left <= 0 || closed) {
          return false;
        }
        tail.ring().await(next, left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!fill()) {
        if (closed) {
          throw new IllegalStateException("the stream is closed");
        }
        tail.ring().await(next, TimeUnit.SECONDS.toNanos(1));
      }
      return ready.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a message ready, unless there is none. */
  private boolean fill() {
    while (ready.isEmpty()) {
      if (closed || (chunk.isEmpty() && !fetch())) {
        return false;
      }
      TailEvent event = chunk.removeFirst();
      if (event.index() != next) {
        chunk.clear();
        throw new IllegalStateException(
            "the log has index " + event.index() + " where " + next + " belongs");
      }
      ready.addAll(tail.messages(event));
      next++;
    }
    return true;
  }

  private boolean fetch() {
    List<TailEvent> events =
        tail.ring().from(next, tail.pageEvents()).orElseGet(() -> tail.page(next));
    chunk.addAll(events);
    return !events.isEmpty();
  }

  /** Called when events were added to the ring, so they can be read now. */
  void available() {
    Runnable callback = onAvailable;
    if (callback != null && !closed) {
      callback.run();
    }
  }

  @Override
  public boolean setOnAvailableCallback(Runnable callback) {
    onAvailable = callback;
    return true;
  }

  @Override
  public void close() {
    closed = true;
    tail.forget(this);
  }
}
