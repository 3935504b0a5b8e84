package io.countersign.command.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something an automation means to do, as whoever does it sees it.
 *
 * @param id the same whenever the same automation answers the same event: the id of the command
 *     that is sent, or what somebody outside can tell a repetition by
 * @param automation whose
 * @param kind which handler does it
 * @param payload JSON
 * @param lane what it is in order with
 * @param entryIndex entry of the event that caused it
 * @param causationId id of that event
 * @param correlationId the conversation
 * @param due when it was to be done
 * @param attempt number of this attempt, from 1; one that ended with its node counts
 * @param attempts how many there will be at most
 * @param repeated whether there was a try before this one, whatever came of it; those that did not
 *     count too
 */
public record Intent(
    UUID id,
    String automation,
    String kind,
    String payload,
    @Nullable String lane,
    long entryIndex,
    String causationId,
    String correlationId,
    Instant due,
    int attempt,
    int attempts,
    boolean repeated) {

  /** Nothing of the payload. */
  @Override
  public String toString() {
    return "Intent[%s %s of %s, attempt %d]".formatted(kind, id, automation, attempt);
  }
}
