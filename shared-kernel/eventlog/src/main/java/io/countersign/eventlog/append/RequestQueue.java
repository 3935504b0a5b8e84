package io.countersign.eventlog.append;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests that wait for the committer: bounded, taken in batches, in order. */
final class RequestQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<AppendRequest> waiting = new ArrayDeque<>();
  private final int bound;
  private boolean closed;

  RequestQueue(int bound) {
    this.bound = bound;
  }

  /**
   * Adds at the end.
   *
   * @throws LogOverloadedException when it is full
   * @throws LogUnavailableException when it was closed
   */
  void add(AppendRequest request) {
    lock.lock();
    try {
      if (closed) {
        throw new LogUnavailableException("the log is closing", null);
      }
      if (waiting.size() >= bound) {
        throw new LogOverloadedException(waiting.size());
      }
      waiting.addLast(request);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for at least one request, then takes as many as there are, up to the limits. Requests
   * with an event id of the batch stay for the next one, where the log itself recognizes them.
   *
   * @return empty when the queue was closed and nothing is left
   */
  List<AppendRequest> take(int maxEvents, long maxBytes) {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return List.of();
        }
        changed.awaitUninterruptibly();
      }
      var batch = new ArrayList<AppendRequest>();
      Set<UUID> ids = new HashSet<>();
      int events = 0;
      long bytes = 0;
      for (Iterator<AppendRequest> each = waiting.iterator(); each.hasNext(); ) {
        AppendRequest next = each.next();
        boolean fits =
            events + next.entries().size() <= maxEvents && bytes + next.weight() <= maxBytes;
        if (!batch.isEmpty() && !fits) {
          break;
        }
        if (next.eventIds().stream().anyMatch(ids::contains)) {
          continue;
        }
        ids.addAll(next.eventIds());
        batch.add(next);
        events += next.entries().size();
        bytes += next.weight();
        each.remove();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest waiting request was made, {@link System#nanoTime()}; now when none waits. */
  long oldestNanos() {
    lock.lock();
    try {
      AppendRequest oldest = waiting.peekFirst();
      return oldest == null ? System.nanoTime() : oldest.createdNanos();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
