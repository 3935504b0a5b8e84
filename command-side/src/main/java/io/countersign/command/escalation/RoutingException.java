package io.countersign.command.escalation;

/** A routing matrix that cannot be used, with the place of what is wrong. */
final class RoutingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  RoutingException(String message) {
    super(message);
  }
}
