package io.countersign.audit.key;

/** The log's key is not usable. The message says what to do and never holds key material. */
public final class LogKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogKeyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A key that is not there, or not the right one. */
  public LogKeyException(String message) {
    super(message);
  }
}
