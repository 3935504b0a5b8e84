package io.countersign.eventlog.append;

import org.axonframework.common.AxonNonTransientException;

/**
 * The log takes nothing until somebody has decided what becomes of it, and nothing of the request
 * was stored. Not to be tried again soon: that takes a person.
 */
public final class LogHaltedException extends AxonNonTransientException {

  private static final long serialVersionUID = 1L;

  /** What every request is told. */
  public static final String WORDS =
      "the log is halted until somebody has decided: countersign audit status says why";

  /** Says so. */
  public LogHaltedException() {
    super(WORDS);
  }
}
