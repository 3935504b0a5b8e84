package io.countersign.command.inbox;

import java.time.Duration;

/** The inbox's answer to a sender. */
public sealed interface Acceptance {

  /** Durable. */
  record Accepted(Receipt receipt) implements Acceptance {}

  /**
   * Not stored, or not known to be: send it again.
   *
   * @param reason a code
   * @param retryAfter how long to wait
   */
  record Refused(String reason, Duration retryAfter) implements Acceptance {}
}
