package io.countersign.benchmarks.store;

import java.time.Duration;

/** A way to store the same events. */
public interface Competitor {

  /** For tables. */
  String name();

  /** What a reader has to know to compare it. */
  String about();

  /**
   * Measures on fresh tables.
   *
   * @param writers how many store at the same time
   * @param warmUp not counted
   * @param time counted, each writer as fast as it is answered
   * @param openLoop counted after that at half of the rate found; zero for not at all
   */
  Measured measure(int writers, Duration warmUp, Duration time, Duration openLoop) throws Exception;
}
