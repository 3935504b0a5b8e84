package io.countersign.query.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the delivering of one kind of event stood for a time.
 *
 * @param index entry that says so
 * @param seenAt when that was recorded: somebody looked, and it stood so
 * @param project the project
 * @param eventType what is to be delivered, as the source calls it
 * @param before how it stood before; absent at the first look
 * @param status the source's word, or missing
 * @param seenBy who looked
 * @param untilIndex entry that says that it changed again; absent while it stands
 * @param untilAt when that was recorded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    name = "SubscriptionStatus",
    description = "How the delivering of one kind of event stood for a time")
record SubscriptionView(
    @Schema(example = "4711") long index,
    @Nullable Instant seenAt,
    @Schema(example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f") String project,
    @Schema(example = "workitem.updated") String eventType,
    @Schema(example = "enabled") @Nullable String before,
    @Schema(example = "onProbation") String status,
    @Schema(example = "automation:reconciliation") String seenBy,
    @Schema(example = "4800") @Nullable Long untilIndex,
    @Nullable Instant untilAt) {

  /** Entries whose times it shows. */
  Stream<Long> entries() {
    return untilIndex == null ? Stream.of(index) : Stream.of(index, untilIndex);
  }

  /** The same with the times of its entries. */
  SubscriptionView recorded(Map<Long, Instant> times) {
    return new SubscriptionView(
        index,
        times.get(index),
        project,
        eventType,
        before,
        status,
        seenBy,
        untilIndex,
        untilIndex == null ? null : times.get(untilIndex));
  }

  /**
   * A page of changes.
   *
   * @param items newest first
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SubscriptionStatusPage", description = "A page of changes, newest first")
  record Page(List<SubscriptionView> items, @Nullable String next, long position) {}
}
