package io.countersign.sandbox;

import java.time.Duration;

/** Lets time pass: really, or only on a test's clock. */
@FunctionalInterface
public interface Waiter {

  /** Waits this long. */
  void await(Duration duration) throws InterruptedException;

  /** Really waits. */
  Waiter REAL = Thread::sleep;
}
