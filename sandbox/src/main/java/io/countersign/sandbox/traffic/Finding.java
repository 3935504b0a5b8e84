package io.countersign.sandbox.traffic;

import java.util.Locale;

/**
 * Something that must not be.
 *
 * @param code what
 * @param subject id of what it is about: a work item, a delivery, an entry or a notification
 * @param words in words
 */
public record Finding(Code code, String subject, String words) {

  /** What can be wrong. */
  public enum Code {
    /** Acknowledged, and not there. */
    MISSING,
    /** There more than once. */
    DOUBLED,
    /** Recorded in another order than told. */
    OUT_OF_ORDER,
    /** Something holds now that does not follow from what was told. */
    WRONG_STATE,
    /** There, and told by nobody. */
    UNKNOWN,
    /** Not handled in time, or in a way that does not fit what was told. */
    NOT_HANDLED,
    /** An answer that would have put the subscription on probation or disabled it. */
    WOULD_BE_PROBATION;

    /** As it is printed: {@code out-of-order}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
