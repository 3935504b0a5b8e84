package io.countersign.query.replay;

/** A replay did not come to its end: nothing is known of its result. */
public final class ReplayFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Failed.
   *
   * @param message where and by what code; no values
   */
  ReplayFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
