package io.countersign.command.automation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that tests move on. In between it goes at the pace of time: the scheduler's pauses are by
 * its clock, and never end when that stands.
 */
public final class Moment implements InstantSource {

  private final long started = System.nanoTime();
  private volatile Instant base;

  /** It is that time. */
  public Moment(Instant now) {
    this.base = now;
  }

  /** Time passes. */
  public void pass(Duration time) {
    base = base.plus(time);
  }

  @Override
  public Instant instant() {
    return base.plusNanos(System.nanoTime() - started);
  }
}
