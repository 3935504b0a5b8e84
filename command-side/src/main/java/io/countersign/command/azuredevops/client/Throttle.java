package io.countersign.command.azuredevops.client;

import java.time.Duration;
import java.time.Instant;

/**
 * When an organization may be asked again. The service tells in {@code Retry-After}, also on
 * answers that are fine; under load it tells by breaking connections or not answering, which counts
 * as a hint: the pause after each doubles until an answer comes whole.
 */
final class Throttle {

  private static final Duration LONGEST_HINTED = Duration.ofMinutes(5);

  private Instant until = Instant.MIN;
  private int hints;

  synchronized void told(Instant when) {
    if (when.isAfter(until)) {
      until = when;
    }
  }

  synchronized void hinted(Instant now) {
    Duration pause = Duration.ofSeconds(1L << Math.min(hints, 10));
    told(now.plus(pause.compareTo(LONGEST_HINTED) > 0 ? LONGEST_HINTED : pause));
    hints++;
  }

  synchronized void answered() {
    hints = 0;
  }

  synchronized Instant until() {
    return until;
  }

  /** How long to wait; nothing when there is no need. */
  synchronized Duration left(Instant now) {
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
