package io.countersign.e2e.harness;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;

/** Moments drawn from a seed. */
public final class Moments {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Random random;

  /** The same seed gives the same moments. */
  public Moments(long seed) {
    random = new Random(seed);
  }

  /** A number from 0, below the limit. */
  public int below(int limit) {
    return random.nextInt(limit);
  }

  /** A time between nothing and the limit. */
  public Duration within(Duration limit) {
    return Duration.ofMillis(random.nextLong(limit.toMillis() + 1));
  }

  /** Lets a drawn time pass; the time is the point here, nothing is waited for. */
  public Duration pass(Duration limit) throws InterruptedException {
    Duration time = within(limit);
    Thread.sleep(time);
    return time;
  }

  /** Waits until a counter has grown by so much; gives how long that took. */
  public static Duration growth(LongSupplier counter, long by) throws Exception {
    long start = System.nanoTime();
    long goal = counter.getAsLong() + by;
    Poll.until(PATIENCE, counter::getAsLong, value -> value >= goal);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
