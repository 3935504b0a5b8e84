package io.countersign.e2e.harness;

import java.time.Duration;

/**
 * How much of a fault is made.
 *
 * @param seed moments and traffic derive from it
 * @param rounds how often
 * @param phase how long the work before a fault lasts at most
 * @param outage how long what stands still stands still
 * @param quiet how long it is quiet before memory is looked at; zero: memory is not looked at
 */
public record Effort(long seed, int rounds, Duration phase, Duration outage, Duration quiet) {

  /** For every build. */
  public static Effort small(int rounds) {
    return new Effort(1, rounds, Duration.ofMillis(500), Duration.ofMillis(3500), Duration.ZERO);
  }

  /** Whether memory is to be compared. */
  public boolean looksAtMemory() {
    return !quiet.isZero();
  }
}
