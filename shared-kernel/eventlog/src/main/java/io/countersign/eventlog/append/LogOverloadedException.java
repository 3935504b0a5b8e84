package io.countersign.eventlog.append;

import org.axonframework.common.AxonTransientException;

/** More events wait for the committer than it may keep. The sender waits, then tries again. */
public final class LogOverloadedException extends AxonTransientException {

  private static final long serialVersionUID = 1L;

  /** Says how many wait. */
  public LogOverloadedException(int waiting) {
    super(waiting + " requests wait for the log");
  }
}
