package io.countersign.eventlog.encryption;

/** The master key cannot be used. The message says what to do about it. */
public final class MasterKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MasterKeyException(String message) {
    super(message);
  }

  MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
