package io.countersign.query.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.query.reading.OpenedText;
import io.countersign.query.reading.PersonView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Both sides moved a work item.
 *
 * @param conflict its id, to decide it by
 * @param workItem the work item
 * @param project its project
 * @param from state both started from
 * @param ours state we asked for
 * @param theirs what the source's state means; absent when nobody mapped it
 * @param sourceTheirs the source's state
 * @param revision of the work item that has the source's state
 * @param changedAt when the source changed, by its clock
 * @param changedBy who changed it there, where told
 * @param index entry that told of the conflict
 * @param detectedAt when that was recorded
 * @param resolution ours or theirs; absent while nobody decided
 * @param decidedBy who decided: a principal, the project's policy, or the source by moving there
 * @param reason what a human said who decided it
 * @param resolvedIndex entry of the decision
 * @param resolvedAt when that was recorded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SyncConflict", description = "Both sides moved a work item, and which side holds")
record SyncConflictView(
    @Schema(example = "1d8f6f7c-9a4e-5c55-8f0d-0b1de0a77f0d") UUID conflict,
    @Schema(example = "workitem:fabrikam:4711") String workItem,
    @Nullable String project,
    @Schema(example = "New") String from,
    @Schema(example = "Ready") String ours,
    @Schema(example = "Blocked") @Nullable String theirs,
    @Schema(example = "On hold") String sourceTheirs,
    @Schema(example = "3") int revision,
    Instant changedAt,
    @Nullable PersonView changedBy,
    @Schema(example = "4713") long index,
    @Nullable Instant detectedAt,
    @Schema(example = "theirs") @Nullable String resolution,
    @Schema(example = "principal:olga") @Nullable String decidedBy,
    @Nullable OpenedText reason,
    @Schema(example = "4720") @Nullable Long resolvedIndex,
    @Nullable Instant resolvedAt) {

  /**
   * A page of conflicts.
   *
   * @param items newest first
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SyncConflictPage", description = "A page of conflicts, newest first")
  record Page(List<SyncConflictView> items, @Nullable String next, long position) {}
}
