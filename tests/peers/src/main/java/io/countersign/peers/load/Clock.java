package io.countersign.peers.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since the epoch, as the database stamps its commits, at the price of nanoTime. */
public final class Clock {

  private static final long EPOCH;
  private static final long NANOS;

  static {
    EPOCH = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    NANOS = System.nanoTime();
  }

  private Clock() {}

  /** Now. */
  public static long micros() {
    return EPOCH + (System.nanoTime() - NANOS) / 1_000;
  }
}
