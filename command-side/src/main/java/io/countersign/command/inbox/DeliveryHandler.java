package io.countersign.command.inbox;

import java.util.List;

/**
 * Decides what a delivery means and does it. Called on a virtual thread, never for two deliveries
 * of one lane at once, with no database connection held. Handling the same delivery again (after a
 * crash) must change nothing.
 */
public interface DeliveryHandler {

  /**
   * Handles one delivery.
   *
   * @throws Exception when it may work later: the inbox tries again with backoff
   */
  Outcome handle(Delivery delivery) throws Exception;

  /** What became of it. Codes and details are kept in clear: never values from the body. */
  sealed interface Outcome {

    /**
     * Its content is in the log.
     *
     * @param aggregates ids of the aggregates it concerned
     */
    record Handled(List<String> aggregates) implements Outcome {}

    /**
     * Rightly without effect, for example a test delivery or an update that is already known.
     *
     * @param code for example {@code test-delivery}
     * @param detail in words
     */
    record Ignored(String code, String detail) implements Outcome {}

    /**
     * Somebody has to look at it.
     *
     * @param code for example {@code malformed-json}
     * @param detail in words, with the place in the body
     */
    record Quarantined(String code, String detail) implements Outcome {}
  }
}
