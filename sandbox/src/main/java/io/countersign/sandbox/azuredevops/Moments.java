package io.countersign.sandbox.azuredevops;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The service's time: in milliseconds, and never back. */
final class Moments {

  private final InstantSource clock;
  private Instant last = Instant.EPOCH;

  Moments(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }
}
