package io.countersign.eventlog.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The newest events of the log in memory, without a gap. */
final class Ring {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final @Nullable TailEvent[] slots;
  private final long maxBytes;
  private long bytes;
  private long oldest;
  private long next;

  Ring(int capacity, long maxBytes) {
    this.slots = new TailEvent[capacity];
    this.maxBytes = maxBytes;
  }

  /** Begins empty, before this index. */
  void startAt(long index) {
    lock.lock();
    try {
      oldest = index;
      next = index;
    } finally {
      lock.unlock();
    }
  }

  /** Index of the event that comes next. */
  long next() {
    lock.lock();
    try {
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Adds what continues the newest event; false, and nothing, when there is a gap before it. */
  boolean offer(List<TailEvent> events) {
    lock.lock();
    try {
      if (events.getFirst().index() > next) {
        return false;
      }
      add(events);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds events whose indexes continue the newest one; those that are there already stay. */
  void add(List<TailEvent> events) {
    lock.lock();
    try {
      for (TailEvent event : events) {
        if (event.index() < next) {
          continue; // came from the database and from the committer
        }
        if (event.index() > next) {
          throw new IllegalStateException("expected index " + next + ", got " + event.index());
        }
        if (next - oldest == slots.length) {
          forgetOldest();
        }
        slots[slot(next)] = event;
        bytes += event.weight();
        next++;
        while (bytes > maxBytes && next - oldest > 1) {
          forgetOldest();
        }
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    TailEvent event = slots[slot(oldest)];
    slots[slot(oldest)] = null;
    oldest++;
    if (event != null) {
      bytes -= event.weight();
    }
  }

  private int slot(long index) {
    return (int) (index % slots.length);
  }

  /**
   * Events from an index on.
   *
   * @return nothing when the ring does not reach back so far; an empty list when there are none yet
   */
  Optional<List<TailEvent>> from(long index, int limit) {
    lock.lock();
    try {
      if (index < oldest) {
        return Optional.empty();
      }
      var events = new ArrayList<TailEvent>();
      for (long i = index; i < next && events.size() < limit; i++) {
        TailEvent event = slots[slot(i)];
        if (event != null) {
          events.add(event);
        }
      }
      return Optional.of(events);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the event at an index may be there, or somebody calls {@link #wakeAll()}. */
  void await(long index, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (index >= next) {
        long ignored = more.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets all who wait look around. */
  void wakeAll() {
    lock.lock();
    try {
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
