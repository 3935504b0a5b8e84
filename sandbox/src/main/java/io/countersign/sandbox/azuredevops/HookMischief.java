package io.countersign.sandbox.azuredevops;

import java.time.Duration;

/**
 * How often service hooks misbehave, as they really do now and then. Each rate is the share of the
 * notifications, from 0 to 1; of one notification at most one thing goes wrong.
 *
 * @param lost never made: not in the history either
 * @param late sent much later
 * @param doubled sent twice
 * @param reordered sent after the one that follows
 * @param lateBy how much later
 * @param seed the same seed picks the same notifications
 */
public record HookMischief(
    double lost, double late, double doubled, double reordered, Duration lateBy, long seed) {

  /** Nothing goes wrong. */
  public static final HookMischief NONE = new HookMischief(0, 0, 0, 0, Duration.ofMillis(500), 1);

  /** What happens to one notification. */
  enum Fate {
    SENT,
    LOST,
    LATE,
    DOUBLED,
    REORDERED
  }

  /** The rates are shares that together are at most one. */
  public HookMischief {
    if (lost < 0
        || late < 0
        || doubled < 0
        || reordered < 0
        || lost + late + doubled + reordered > 1) {
      throw new IllegalArgumentException("rates of hooks are shares: together at most 1");
    }
  }

  /** The fate that a number from 0 to 1 stands for. */
  Fate fate(double number) {
    if (number < lost) {
      return Fate.LOST;
    }
    if (number < lost + late) {
      return Fate.LATE;
    }
    if (number < lost + late + doubled) {
      return Fate.DOUBLED;
    }
    return number < lost + late + doubled + reordered ? Fate.REORDERED : Fate.SENT;
  }
}
