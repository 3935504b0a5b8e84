package io.countersign.query.replay;

/** A replay was ended before its end: nothing is known of its result. */
public final class ReplayStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Ended.
   *
   * @param message why
   */
  public ReplayStoppedException(String message) {
    super(message);
  }
}
