package io.countersign.app.cli;

/** A command did not do what it was asked; the message is for the person who asked. */
class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message);
  }

  CommandFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
