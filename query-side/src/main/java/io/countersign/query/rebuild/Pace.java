package io.countersign.query.rebuild;

import java.time.Duration;

/** Keeps events from coming faster than so many a second, evenly. */
final class Pace {

  private static final long LONGEST_NAP = Duration.ofMillis(200).toNanos();

  private final double nanosAnEvent;
  private final long start = System.nanoTime();
  private long events;

  /** At most so many a second. */
  Pace(int eventsPerSecond) {
    this.nanosAnEvent = 1e9 / eventsPerSecond;
  }

  /**
   * Waits until the next event may come.
   *
   * @param meanwhile called now and then; what it throws ends the waiting
   */
  void next(Runnable meanwhile) throws InterruptedException {
    next(1, meanwhile);
  }

  /**
   * Waits until so many may come at once.
   *
   * @param meanwhile called now and then; what it throws ends the waiting
   */
  void next(long together, Runnable meanwhile) throws InterruptedException {
    long due = start + (long) (events * nanosAnEvent);
    events += together;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      Thread.sleep(Duration.ofNanos(Math.min(left, LONGEST_NAP)));
      meanwhile.run();
    }
  }
}
