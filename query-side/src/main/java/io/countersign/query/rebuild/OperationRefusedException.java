package io.countersign.query.rebuild;

/** What is asked for cannot be done as things are; nothing was changed. */
public final class OperationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Refused.
   *
   * @param message why, in a sentence that names no value
   */
  public OperationRefusedException(String message) {
    super(message);
  }
}
