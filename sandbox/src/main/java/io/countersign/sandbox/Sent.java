package io.countersign.sandbox;

/** What became of sending a notification, as the sender sees it. */
public sealed interface Sent {

  /**
   * Answered 2xx.
   *
   * @param status the answer's status
   * @param body the answer's body
   * @param attempts how many it took, from 1
   */
  record Accepted(int status, String body, int attempts) implements Sent {}

  /**
   * Answered with an error that counts as enduring: the subscription is on probation and holds this
   * notification.
   *
   * @param status the last answer's status; 0 when there was none
   * @param attempts how many were made
   */
  record Held(int status, int attempts) implements Sent {}

  /** Not even sent: the subscription is on probation or disabled, and the event is gone. */
  record Lost() implements Sent {}

  /** Answered 410, or probation ended without success: disabled by the system. */
  record Disabled(int status) implements Sent {}
}
