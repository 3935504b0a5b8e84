package io.countersign.command.inbox;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how much is taken in, so that what is taken is handled soon (ADR 0012). The wait of a
 * delivery taken now is what waits divided by how fast it was worked off lately. Up to a tenth of
 * the longest wait everything is taken. From there on no more a second than a share of what is
 * worked off a second, less the longer the wait, and nothing at the longest wait: so intake settles
 * at the speed of handling instead of switching on and off, and leaves it the processors.
 *
 * <p>The speed is learned only from intervals in which there was work all the time; before the
 * first one, and when nothing at all is worked off (an outage), nobody is refused for the wait.
 */
final class Admission {

  /** What the database told at one moment, about all nodes. */
  record Sample(long nanos, long waiting, double oldestSeconds, long drained) {}

  /** Weight of an interval as long as this is about two thirds. */
  private static final double MEMORY_SECONDS = 5;

  private static final double LEAST_SHARE_OF_WAIT = 0.1;
  private static final double LARGEST_SHARE_OF_SPEED = 1.5;
  private static final double BURST_SECONDS = 0.1;

  private final double longestWait;
  private final LongSupplier nanos;
  private final LongSupplier waiting;

  /** Worked off a second; 0 while unknown. */
  private volatile double speed;

  private @Nullable Sample last;
  private double tokens;
  private long refilled;

  /**
   * Nothing is known yet.
   *
   * @param nanos a clock
   * @param waiting how many wait now, as far as this node knows
   */
  Admission(Duration longestWait, LongSupplier nanos, LongSupplier waiting) {
    this.longestWait = longestWait.toNanos() / 1e9;
    this.nanos = nanos;
    this.waiting = waiting;
    this.refilled = nanos.getAsLong();
  }

  /** Learns from what the database told. */
  synchronized void learn(Sample now) {
    Sample before = last;
    last = now;
    if (before == null) {
      return;
    }
    double seconds = (now.nanos - before.nanos) / 1e9;
    boolean busyAllTheTime = now.waiting > 0 && now.oldestSeconds >= seconds;
    if (seconds <= 0 || !busyAllTheTime || now.drained <= 0) {
      return;
    }
    double here = now.drained / seconds;
    double weight = speed == 0 ? 1 : 1 - Math.exp(-seconds / MEMORY_SECONDS);
    speed += weight * (here - speed);
  }

  /** How long a delivery taken now would wait, in seconds; 0 while nothing is known. */
  double waitSeconds() {
    double known = speed;
    return known == 0 ? 0 : waiting.getAsLong() / known;
  }

  /** What is worked off a second, 0 while unknown. */
  double speed() {
    return speed;
  }

  /**
   * Asks for one more delivery.
   *
   * @return null when it may be taken, else how long the sender should wait
   */
  @Nullable Duration refusal() {
    double wait = waitSeconds();
    double free = longestWait * LEAST_SHARE_OF_WAIT;
    if (wait <= free) {
      return null;
    }
    double share =
        Math.max(0, LARGEST_SHARE_OF_SPEED * (longestWait - wait) / (longestWait - free));
    return take(speed * share) ? null : comeAgain(wait, free);
  }

  private synchronized boolean take(double perSecond) {
    long now = nanos.getAsLong();
    double burst = Math.max(1, perSecond * BURST_SECONDS);
    tokens = Math.min(burst, tokens + perSecond * (now - refilled) / 1e9);
    refilled = now;
    if (tokens < 1 || perSecond == 0) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** When half of what is too much is worked off; others come again as well. */
  private static Duration comeAgain(double wait, double free) {
    return Duration.ofSeconds(Math.clamp(Math.round((wait - free) / 2), 1, 60));
  }
}
