package io.countersign.eventlog.append;

import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/** The log cannot take events now, and nothing of the request was stored. */
public final class LogUnavailableException extends AxonTransientException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public LogUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
