package io.countersign.eventlog.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that only goes forward, at the pace of time: for deadlines and timeouts. With the
 * system's clock, setting that back by minutes makes whatever waits for a moment wait so much
 * longer; Axon's coordinator then looks for free segments, and tries failed ones again, only
 * minutes later.
 */
public final class SteadyClock extends Clock {

  private final LongSupplier nanos;
  private volatile Base base;

  private record Base(Instant at, long nanos) {}

  /** Starts at a moment. */
  public SteadyClock(Instant start) {
    this(start, System::nanoTime);
  }

  SteadyClock(Instant start, LongSupplier nanos) {
    this.nanos = nanos;
    this.base = new Base(start, nanos.getAsLong());
  }

  /** Goes on from another moment. */
  void set(Instant moment) {
    base = new Base(moment, nanos.getAsLong());
  }

  @Override
  public Instant instant() {
    Base from = base;
    return from.at().plus(Duration.ofNanos(nanos.getAsLong() - from.nanos()));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return ZoneOffset.UTC.equals(zone) ? this : Clock.offset(this, Duration.ZERO).withZone(zone);
  }
}
