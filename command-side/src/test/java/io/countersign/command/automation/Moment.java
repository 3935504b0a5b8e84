package io.countersign.command.automation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is told. */
public final class Moment implements InstantSource {

  private volatile Instant now;

  /** It is that time. */
  public Moment(Instant now) {
    this.now = now;
  }

  /** Time passes. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
