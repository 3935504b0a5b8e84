package io.countersign.query.deadletter;

import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted.
 *
 * @param id of the request, chosen by who asks, so that asking again does nothing twice; absent: a
 *     new one
 * @param projection only of this one; for all sequences only
 * @param reason why; recorded in the log
 */
@Schema(name = "DeadLetterRequest")
record Wanted(
    @Schema(example = Examples.ID) @Nullable String id,
    @Schema(example = "work-items") @Nullable String projection,
    @Schema(example = "constraint removed") @Nullable String reason) {

  private static final int LONGEST_REASON = 500;

  /** The id of the request. */
  UUID request() {
    return id == null ? UUID.randomUUID() : uuid("id", id);
  }

  /** The reason, which there has to be. */
  String why() {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw RequestParameters.invalid(
          "reason", "1 to %d characters are required".formatted(LONGEST_REASON));
    }
    return reason;
  }

  /** A UUID of a request. */
  static UUID uuid(String name, String value) {
    try {
      return UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      throw RequestParameters.invalid(name, "a UUID expected");
    }
  }
}
