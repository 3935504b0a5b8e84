package io.countersign.eventlog.append;

import org.axonframework.common.AxonTransientException;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost during an append and the database did not answer in time: the events may
 * be stored or not. Sending the same command message again settles it, because its event ids are
 * recognized.
 */
public final class OutcomeUnknownException extends AxonTransientException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
