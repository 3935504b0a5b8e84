package io.countersign.query.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a window found.
 *
 * @param index entry that says so
 * @param recordedAt when
 * @param project the project
 * @param kind source (work items), notifications or builds
 * @param outcome compared, or failed: then nothing is known of the window
 * @param run the run it is a part of; one run may compare several windows
 * @param asked schedule, demand or full; only told of source
 * @param askedBy who asked
 * @param from the window begins after this moment, by the source's clock; absent: from the
 *     beginning
 * @param to and ends with this one; absent when it failed
 * @param workItems work items compared
 * @param counted revisions, notifications or builds, by kind
 * @param missing how many the source had and the log had not
 * @param filled how many of these were in the log at the end
 * @param unexpected how many the log had and the source had not
 * @param differs whether something missing was not filled, or something is unexpected
 * @param reason why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ReconciliationResult", description = "What comparing a window found")
record ResultView(
    @Schema(example = "4711") long index,
    @Nullable Instant recordedAt,
    @Schema(example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f") String project,
    @Schema(example = "source") String kind,
    @Schema(example = "compared") String outcome,
    @Schema(example = "0f8b5d0a-1c7e-4a42-9d3f-5a6b7c8d9e0f") String run,
    @Schema(example = "schedule") @Nullable String asked,
    @Schema(example = "automation:reconciliation") String askedBy,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Sides workItems,
    @Nullable Sides counted,
    @Nullable Integer missing,
    @Nullable Integer filled,
    @Nullable Integer unexpected,
    boolean differs,
    @Nullable String reason) {

  /** What is compared. */
  static final List<String> KINDS = List.of("source", "notifications", "builds");

  /** What a comparison can come to. */
  static final List<String> OUTCOMES = List.of("compared", "failed");

  /** Entries whose times it shows. */
  Stream<Long> entries() {
    return Stream.of(index);
  }

  /** The same with the times of its entries. */
  ResultView recorded(Map<Long, Instant> times) {
    return new ResultView(
        index,
        times.get(index),
        project,
        kind,
        outcome,
        run,
        asked,
        askedBy,
        from,
        to,
        workItems,
        counted,
        missing,
        filled,
        unexpected,
        differs,
        reason);
  }

  /**
   * A count on both sides.
   *
   * @param source how many the source told
   * @param ours how many of these the log had before anything was filled
   */
  @Schema(name = "ReconciliationCount")
  record Sides(int source, int ours) {}

  /**
   * Something one side had and the other had not.
   *
   * @param side missing: the log had it not; unexpected: the source had it not
   * @param what update, revision, deletion, restoration, absent, build, or the type of
   *     notifications
   * @param workItem of which work item
   * @param first the first number: of an update, a revision or a build
   * @param last the last number
   * @param size how many
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ReconciliationDifference")
  record Gap(
      @Schema(example = "missing") String side,
      @Schema(example = "update") String what,
      @Schema(example = "workitem:fabrikam:42") @Nullable String workItem,
      @Schema(example = "5") @Nullable Integer first,
      @Schema(example = "6") @Nullable Integer last,
      @Schema(example = "2") int size) {}

  /**
   * A result with what differed.
   *
   * @param result the counts, which are of all differences
   * @param differences the first ones, at most 200 of each side
   */
  @Schema(name = "ReconciliationResultDetail")
  record Detail(ResultView result, List<Gap> differences) {}

  /**
   * A page of results.
   *
   * @param items newest first
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ReconciliationResultPage", description = "A page of results, newest first")
  record Page(List<ResultView> items, @Nullable String next, long position) {}
}
