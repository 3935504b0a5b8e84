package io.countersign.eventlog.command;

import org.axonframework.common.AxonNonTransientException;

/**
 * A command was sent from an event handler. Axon would nest its unit of work in the one of the
 * event: the command would report success before anything of it is stored.
 */
public final class CommandWhileHandlingEventException extends AxonNonTransientException {

  private static final long serialVersionUID = 1L;

  /** Names the command. */
  public CommandWhileHandlingEventException(String command) {
    super(
        command
            + " was sent while an event is handled. Store the intent in the token's transaction and"
            + " send it from outside of any unit of work.");
  }
}
