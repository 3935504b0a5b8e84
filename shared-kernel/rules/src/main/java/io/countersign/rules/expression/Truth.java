package io.countersign.rules.expression;

/** What came of a condition. There is a third answer, and it is not yes. */
public sealed interface Truth {

  /** It holds. */
  Truth YES = new Known(true);

  /** It does not hold. */
  Truth NO = new Known(false);

  /** Whether it certainly holds. */
  default boolean holds() {
    return equals(YES);
  }

  /** Yes or no. */
  record Known(boolean value) implements Truth {}

  /**
   * Neither.
   *
   * @param why in words
   */
  record NotEvaluated(String why) implements Truth {

    /** A sentence for people. */
    public String words() {
      return "could not be evaluated: " + why;
    }
  }
}
