package io.countersign.audit.seal;

/** What was decided does not fit the log's state. Says why, and what would. */
public final class DecisionRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DecisionRefusedException(String message) {
    super(message);
  }
}
