package io.countersign.eventlog;

import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventhandling.GenericEventMessage;

/**
 * Axon stamps events by a static clock. It is made to tick in microseconds, which is what
 * PostgreSQL keeps, so that an aggregate sees the same moment when it applies an event and when it
 * is loaded again.
 */
final class AxonClock {

  private static final Duration TICK = Duration.ofNanos(1_000);
  private static boolean done;

  private AxonClock() {}

  static synchronized void useMicroseconds() {
    if (!done) {
      GenericEventMessage.clock = Clock.tick(GenericEventMessage.clock, TICK);
      done = true;
    }
  }
}
