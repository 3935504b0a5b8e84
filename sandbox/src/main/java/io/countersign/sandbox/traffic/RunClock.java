package io.countersign.sandbox.traffic;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times of a run: read once from the clock, then counted, so that a clock step moves none. */
final class RunClock {

  private final long startMicros;
  private final long startNanos;

  RunClock(Instant startedAt, long startNanos) {
    this.startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, startedAt);
    this.startNanos = startNanos;
  }

  /** Microseconds since 1970. */
  long micros(long nanos) {
    return startMicros + (nanos - startNanos) / 1_000;
  }
}
