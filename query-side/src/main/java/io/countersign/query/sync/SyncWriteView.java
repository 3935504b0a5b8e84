package io.countersign.query.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.query.reading.OpenedText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state we asked the source for.
 *
 * @param index entry that asks for it
 * @param workItem the work item
 * @param project its project
 * @param kind write, or reversal of what broke the policy in the source
 * @param from state it was decided from; no event of a reversal tells it
 * @param to state wanted
 * @param sourceState name of the state in the source, as written or, for a reversal, as wanted
 * @param rule the broken rule, of a reversal
 * @param askedBy who asked
 * @param askedAt when that was recorded
 * @param status requested, written, confirmed, there-already, refused, abandoned, conflict or
 *     replaced
 * @param revision of the work item that the write made, or that told us it is there
 * @param conflict the conflict it met
 * @param code why it was refused or abandoned
 * @param words what the source said to it, or who gave it up
 * @param steps what came of it, in order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SyncWrite", description = "A state we asked the source for, and what came of it")
record SyncWriteView(
    @Schema(example = "4711") long index,
    @Schema(example = "workitem:fabrikam:4711") String workItem,
    @Schema(example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f")
        @Nullable String project,
    @Schema(example = "write") String kind,
    @Schema(example = "Ready") @Nullable String from,
    @Schema(example = "InProgress") String to,
    @Schema(example = "Active") @Nullable String sourceState,
    @Nullable String rule,
    @Schema(example = "principal:ann") String askedBy,
    @Nullable Instant askedAt,
    @Schema(example = "confirmed") String status,
    @Schema(example = "7") @Nullable Integer revision,
    @Nullable UUID conflict,
    @Nullable String code,
    @Nullable OpenedText words,
    List<Step> steps) {

  /** What a write can have come to. */
  static final List<String> STATUSES =
      List.of(
          "requested",
          "written",
          "confirmed",
          "there-already",
          "refused",
          "abandoned",
          "conflict",
          "replaced");

  /** What is asked for. */
  static final List<String> KINDS = List.of("write", "reversal");

  /**
   * One thing that came of it.
   *
   * @param index its entry
   * @param step written, confirmed, refused, abandoned or conflict
   * @param at when it was recorded
   * @param actor who recorded it
   * @param revision of the work item
   * @param code why
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SyncStep")
  record Step(
      @Schema(example = "4715") long index,
      @Schema(example = "written") String step,
      @Nullable Instant at,
      @Schema(example = "automation:write-transitions") String actor,
      @Nullable Integer revision,
      @Nullable String code) {

    Step recorded(@Nullable Instant when) {
      return new Step(index, step, when, actor, revision, code);
    }
  }

  /**
   * A page of writes.
   *
   * @param items newest first
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SyncWritePage", description = "A page of writes, newest first")
  record Page(List<SyncWriteView> items, @Nullable String next, long position) {}
}
