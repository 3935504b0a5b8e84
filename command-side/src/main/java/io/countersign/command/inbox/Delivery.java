package io.countersign.command.inbox;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A delivery of a notification, taken out of the inbox to be handled.
 *
 * @param id our delivery id; everything that follows from the delivery derives its identity from it
 * @param receivedAt when it was received
 * @param headers those worth keeping, names in lower case
 * @param body the bytes as they came
 * @param attempt 1 for the first
 */
public record Delivery(
    UUID id, Instant receivedAt, Map<String, String> headers, byte[] body, int attempt) {

  /**
   * Header of what came in otherwise than over the endpoint, which keeps no header of this name.
   */
  public static final String ORIGIN = "countersign-origin";

  /** Value of {@link #ORIGIN}: nobody told it, reconciliation fetched it from the source. */
  public static final String FETCHED = "reconciliation";

  /** Whether reconciliation fetched it. */
  public boolean isFetched() {
    return FETCHED.equals(headers.get(ORIGIN));
  }

  /** Without the body, which may hold personal data. */
  @Override
  public String toString() {
    return "Delivery[" + id + ", attempt " + attempt + ", " + body.length + " bytes]";
  }
}
