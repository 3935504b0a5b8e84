package io.countersign.command.domain;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Exponential, with full jitter in its upper half, so that retries neither pile up nor hurry. */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier jitter;

  /**
   * @param jitter numbers from 0 to 1
   */
  public Backoff(Duration first, Duration longest, DoubleSupplier jitter) {
    this.first = first;
    this.longest = longest;
    this.jitter = jitter;
  }

  /** How long to wait after the attempt with this number, 1 for the first. */
  public Duration after(int attempt) {
    double base = first.toMillis() * Math.pow(2, Math.min(attempt, 40) - 1);
    double capped = Math.min(base, longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + jitter.getAsDouble() / 2)));
  }
}
