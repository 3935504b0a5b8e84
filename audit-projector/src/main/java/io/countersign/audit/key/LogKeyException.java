package io.countersign.audit.key;

import org.jspecify.annotations.Nullable;

/** The log's key is not there, cannot be used, or is another one. Never quotes it. */
public final class LogKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a key. */
  public enum Reason {
    /** There is none, though there was one. */
    MISSING,
    /** There is one, and it is not the log's. */
    FOREIGN,
    /** What is published is of another log than the one in the database. */
    OTHER_LOG,
    /** It cannot be read, written or used. */
    UNUSABLE
  }

  private final Reason reason;

  LogKeyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public LogKeyException(String message) {
    this(Reason.UNUSABLE, message);
  }

  LogKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Reason.UNUSABLE;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
