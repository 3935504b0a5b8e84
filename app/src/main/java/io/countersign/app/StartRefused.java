package io.countersign.app;

/**
 * Something a person has to set right first. The message says what is wrong and what to do, and is
 * shown as it is: no values that are secret.
 */
public final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong and what to do. */
  public StartRefused(String message) {
    super(message);
  }

  /** What is wrong and what to do; the cause is shown with {@code --verbose} only. */
  public StartRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
