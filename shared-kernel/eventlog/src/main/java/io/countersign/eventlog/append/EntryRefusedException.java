package io.countersign.eventlog.append;

import org.axonframework.common.AxonNonTransientException;
import org.jspecify.annotations.Nullable;

/**
 * An event that can never be stored as it is: PostgreSQL or the entry format refuses it, or it uses
 * a destroyed key. Trying again does not help. Only the command it came from fails.
 */
public final class EntryRefusedException extends AxonNonTransientException {

  private static final long serialVersionUID = 1L;

  /** Says what was refused, without values. */
  public EntryRefusedException(String message) {
    super(message);
  }

  /** Says what was refused, without values. */
  public EntryRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
