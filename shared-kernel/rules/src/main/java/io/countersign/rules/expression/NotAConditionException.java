package io.countersign.rules.expression;

import java.util.List;

/** An expression that is not a condition of its language. */
public final class NotAConditionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  NotAConditionException(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = reasons;
  }

  /** Each a sentence. */
  public List<String> reasons() {
    return reasons;
  }
}
