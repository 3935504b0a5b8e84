package io.countersign.kernel.escalation;

import java.time.Instant;
import java.util.List;

/**
 * Who is asked when, decided when the escalation was raised: a routing matrix that changes later
 * changes nothing about it.
 *
 * @param matrixVersion version of the routing matrix
 * @param matrixSha256 SHA-256 of its bytes, in lower case hexadecimal
 * @param slaSeconds how long each level has for an answer, in the time that counts for the category
 * @param steps the three levels
 */
public record Plan(int matrixVersion, String matrixSha256, long slaSeconds, List<Step> steps) {

  /** The highest level. */
  public static final int LEVELS = 3;

  /** Checks that there are three levels in order. */
  public Plan {
    steps = List.copyOf(steps);
    if (steps.size() != LEVELS) {
      throw new IllegalArgumentException("a plan has three levels");
    }
    for (int level = 1; level <= LEVELS; level++) {
      if (steps.get(level - 1).level() != level
          || level > 1 && steps.get(level - 1).from().isBefore(steps.get(level - 2).from())) {
        throw new IllegalArgumentException(
            "the levels of a plan are 1, 2 and 3, one after the other");
      }
    }
  }

  /** The step of a level. */
  public Step step(int level) {
    return steps.get(level - 1);
  }

  /**
   * A level.
   *
   * @param level 1 to 3
   * @param team who is asked
   * @param from when, unless somebody answered before
   */
  public record Step(int level, String team, Instant from) {}
}
