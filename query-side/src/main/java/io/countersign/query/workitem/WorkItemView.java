package io.countersign.query.workitem;

import io.countersign.query.reading.OpenedText;
import io.countersign.query.reading.PersonView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A work item as it is now.
 *
 * @param id work item id
 * @param organization where it lives
 * @param number its number in Azure DevOps
 * @param project its project
 * @param type type in the source
 * @param state canonical state; absent when the source's is not mapped
 * @param sourceState the source's state
 * @param process the process the state was read by
 * @param title its title
 * @param assignedTo who has it
 * @param createdBy who created it
 * @param deleted whether it lies in the source's recycle bin
 * @param incomplete whether updates are missing
 * @param missingUpdates update ids that were not told
 * @param violations how many of its state changes broke a rule
 * @param lastUpdateId the newest update told
 * @param revision the source's revision
 * @param changedAt when it changed last, by the source's clock
 * @param changedBy who changed it last
 * @param registeredIndex entry it was first seen with
 * @param lastIndex entry that told of it last
 */
@Schema(description = "A work item as it is now")
record WorkItemView(
    @Schema(example = "workitem:fabrikam:297") String id,
    @Schema(example = "fabrikam") String organization,
    @Schema(example = "297") int number,
    @Schema(example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c") String project,
    @Schema(example = "User Story") String type,
    @Schema(
            description = "Canonical state; null when the source's state is not mapped",
            example = "InProgress")
        @Nullable String state,
    @Schema(example = "Active") String sourceState,
    @Schema(example = "agile") String process,
    @Nullable OpenedText title,
    @Nullable PersonView assignedTo,
    @Nullable PersonView createdBy,
    boolean deleted,
    @Schema(description = "Updates of it are missing in the log") boolean incomplete,
    List<UpdateRange> missingUpdates,
    @Schema(description = "State changes that broke a rule") int violations,
    @Nullable Integer lastUpdateId,
    int revision,
    Instant changedAt,
    @Nullable PersonView changedBy,
    @Schema(description = "Entry it was first seen with", example = "17") long registeredIndex,
    @Schema(description = "Entry that told of it last", example = "42") long lastIndex) {

  /**
   * Update ids from {@code from} to {@code to}, both included.
   *
   * @param from first
   * @param to last
   */
  record UpdateRange(int from, int to) {}

  /**
   * A page of work items.
   *
   * @param items in the asked order
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @Schema(name = "WorkItemPage", description = "A page of work items")
  record Page(
      List<WorkItemView> items,
      @Schema(description = "Give it back as 'after' for the next page; null at the end")
          @Nullable String next,
      @Schema(description = "Everything up to this entry is reflected", example = "1042")
          long position) {}
}
