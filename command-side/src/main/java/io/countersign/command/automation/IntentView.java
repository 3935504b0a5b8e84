package io.countersign.command.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An intent as operators see it: never its payload.
 *
 * @param id its id: of the command it sends, or what a receiver tells repetitions by
 * @param automation whose
 * @param kind what
 * @param lane what it is in order with
 * @param topic what it is about
 * @param entryIndex entry of the event that caused it
 * @param status waiting, done, failed or canceled
 * @param dueAt when it was to be done
 * @param nextAt when it is tried next, while it waits
 * @param attempts how often it was tried
 * @param code why the last attempt failed
 * @param endedAt when it was over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntentView(
    UUID id,
    String automation,
    String kind,
    @Nullable String lane,
    @Nullable String topic,
    long entryIndex,
    String status,
    Instant dueAt,
    @Nullable Instant nextAt,
    int attempts,
    @Nullable String code,
    @Nullable Instant endedAt) {

  /** Intents, and where to go on. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<IntentView> items, @Nullable String next) {}
}
