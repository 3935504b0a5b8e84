package io.countersign.sandbox.traffic;

import java.time.Duration;
import java.time.Instant;

/**
 * What to send. The same plan always makes the same bytes; how many of them are sent depends on the
 * duration, unless {@code count} says it.
 *
 * @param seed everything made up derives from it, the organization's name included: another seed is
 *     another organization
 * @param workItems work items alive at the same time; when a life ends, the next work item begins
 * @param senders how many notifications are under way at the same time
 * @param rate notifications a second on a fixed schedule; 0: as fast as answers come
 * @param duration how long new notifications are sent
 * @param mix what they are
 * @param count how many notifications at most; 0: as many as the duration gives
 * @param baseDate when the first lives begin, in the notifications
 * @param speedUp how much faster than Azure DevOps' own the pauses between retries pass
 */
public record TrafficPlan(
    long seed,
    int workItems,
    int senders,
    double rate,
    Duration duration,
    TrafficMix mix,
    long count,
    Instant baseDate,
    double speedUp) {

  private static final Instant BASE_DATE = Instant.parse("2026-03-02T08:00:00Z");
  private static final double SPEED_UP = 10;

  /** Checks the figures. */
  public TrafficPlan {
    if (workItems < 1 || senders < 1 || rate < 0 || count < 0 || speedUp <= 0) {
      throw new IllegalArgumentException("work items, senders, rate, count or speed-up");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a duration is longer than nothing");
    }
  }

  /** With the usual base date and speed-up, for as long as the duration says. */
  public TrafficPlan(
      long seed, int workItems, int senders, double rate, Duration duration, TrafficMix mix) {
    this(seed, workItems, senders, rate, duration, mix, 0, BASE_DATE, SPEED_UP);
  }

  /** The same, but no more notifications than this. */
  public TrafficPlan atMost(long notifications) {
    return new TrafficPlan(
        seed, workItems, senders, rate, duration, mix, notifications, baseDate, speedUp);
  }

  /** The same with other pauses between retries. */
  public TrafficPlan spedUp(double factor) {
    return new TrafficPlan(seed, workItems, senders, rate, duration, mix, count, baseDate, factor);
  }

  /** The same with lives that begin at another date. */
  public TrafficPlan from(Instant date) {
    return new TrafficPlan(seed, workItems, senders, rate, duration, mix, count, date, speedUp);
  }
}
