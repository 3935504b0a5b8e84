package io.countersign.e2e.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Asks again until the answer is right or the time is up. */
public final class Poll {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Poll() {}

  /**
   * Asks until the answer is right and gives it.
   *
   * @throws AssertionError with the last answer when the time is up
   */
  public static <T> T until(Duration limit, Callable<T> question, Predicate<T> right)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    T last = question.call();
    while (!right.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit + "; the last answer was " + last);
      }
      Thread.sleep(PAUSE);
      last = question.call();
    }
    return last;
  }
}
