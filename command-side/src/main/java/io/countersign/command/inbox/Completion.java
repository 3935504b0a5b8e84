package io.countersign.command.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt.
 *
 * @param status persisted word
 * @param retryIn null when the delivery is closed
 * @param excused attempts so far that do not count, this one among them when it failed for an
 *     outage
 */
record Completion(
    Claim claim,
    Instant at,
    String status,
    @Nullable String code,
    @Nullable String detail,
    List<String> aggregates,
    @Nullable Duration retryIn,
    int excused) {

  /** Closes the delivery. */
  static Completion closed(
      Claim claim, Instant at, String status, @Nullable String code, @Nullable String detail) {
    return new Completion(claim, at, status, code, detail, List.of(), null, claim.excused());
  }

  /** Whether the attempt failed for an outage. */
  boolean forOutage() {
    return excused > claim.excused();
  }
}
