package io.countersign.sandbox.traffic;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says what is sent next, and when. New notifications come at fixed times whatever the answers do,
 * so one that has to wait is late from the moment it was due; retries come when their pause is
 * over. While a notification is on its way or waits for a retry, nothing else of its work item is
 * sent.
 */
final class Schedule {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Slot> idle = new ArrayDeque<>();
  private final PriorityQueue<Task> retries =
      new PriorityQueue<>(Comparator.comparingLong(Task::retryNanos));
  private final double rate;
  private final long startNanos;
  private final long endNanos;
  private boolean ended;
  private boolean leading;
  private long leaderUntil;
  private int underWay;
  private long begun;

  /** Begins at once. */
  Schedule(TrafficPlan plan, List<Slot> slots) {
    this.rate = plan.rate();
    this.startNanos = System.nanoTime();
    this.endNanos = startNanos + nanos(plan.duration());
    slots.stream().filter(slot -> !slot.isDone()).forEach(idle::add);
  }

  long startNanos() {
    return startNanos;
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(3_650)) > 0
        ? Duration.ofDays(3_650).toNanos()
        : duration.toNanos();
  }

  /** The next attempt; waits for it. Null when there will be none. */
  @Nullable Task next() throws InterruptedException {
    Slot slot;
    long n;
    long due;
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        Task retry = retries.peek();
        if (retry != null && retry.retryNanos() - now <= 0) {
          return retries.remove();
        }
        long nextDue = rate == 0 ? now : startNanos + (long) (begun * (1e9 / rate));
        boolean over = ended || nextDue - endNanos >= 0;
        if (over && underWay == 0) {
          changed.signalAll();
          return null;
        }
        boolean ready = !over && !idle.isEmpty();
        if (ready && nextDue - now <= 0) {
          slot = idle.remove();
          n = begun++;
          due = nextDue;
          underWay++;
          break;
        }
        if (idle.isEmpty() && underWay == 0) {
          changed.signalAll();
          return null;
        }
        long wait = Long.MAX_VALUE;
        if (retry != null) {
          wait = retry.retryNanos() - now;
        }
        if (ready) {
          wait = Math.min(wait, nextDue - now);
        }
        await(wait);
      }
    } finally {
      changed.signal();
      lock.unlock();
    }
    return new Task(slot, slot.next(), n, due);
  }

  /** One waits for the time, the others for a sign: not all wake up at once. */
  private void await(long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      changed.await();
      return;
    }
    long until = System.nanoTime() + nanos;
    if (leading && leaderUntil - until <= 0) {
      changed.await();
      return;
    }
    boolean first = !leading;
    leading = true;
    leaderUntil = until;
    try {
      changed.awaitNanos(nanos);
    } finally {
      if (first || leaderUntil == until) {
        leading = false;
      }
    }
  }

  /** The task's notification has its outcome. */
  void done(Task task) {
    lock.lock();
    try {
      underWay--;
      if (!task.slot().isDone()) {
        idle.add(task.slot());
      }
      if (underWay == 0) {
        changed.signalAll();
      } else {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The task has to be tried again after a pause. */
  void retry(Task task, long pauseNanos) {
    lock.lock();
    try {
      task.retryAt(System.nanoTime() + pauseNanos);
      retries.add(task);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** No new notifications from now on. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notifications that wait for their retry. */
  int waiting() {
    lock.lock();
    try {
      return retries.size();
    } finally {
      lock.unlock();
    }
  }
}
