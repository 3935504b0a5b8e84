package io.countersign.kernel.workitem;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.SealedText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands about what is written to the source. Each names the state that was wanted: one that
 * comes for a write that is over, or was replaced by a newer one, changes nothing.
 */
public sealed interface SyncCommand extends WorkItemCommand {

  /** Is it still wanted? Records nothing; answered with a {@link WriteAnswer}. */
  record ConsiderWrite(WorkItemId workItem, WorkItemState to) implements SyncCommand {}

  /**
   * The source took it.
   *
   * @param workItem the work item
   * @param to the state
   * @param sourceState its name in the source
   * @param revision that the write made
   */
  record RecordWritten(WorkItemId workItem, WorkItemState to, String sourceState, int revision)
      implements SyncCommand {}

  /**
   * The source did not take it.
   *
   * @param workItem the work item
   * @param to the state
   * @param code stable code
   * @param words what the source said
   */
  record RecordWriteRefused(WorkItemId workItem, WorkItemState to, String code, SealedText words)
      implements SyncCommand {}

  /**
   * Instead of the state it was to be moved from, the source has another: the one that is wanted,
   * or a third one, which is a conflict.
   *
   * @param workItem the work item
   * @param to the state wanted
   * @param reading how the source's state is read
   * @param sourceState the source's state
   * @param change how the item was found; its update id is not known
   */
  record RecordFound(
      WorkItemId workItem,
      WorkItemState to,
      Reading reading,
      String sourceState,
      SourceChange change)
      implements SyncCommand {}

  /**
   * It is not to be written.
   *
   * @param workItem the work item
   * @param to the state
   * @param reason stable code
   * @param words what a human said who gave it up
   */
  record AbandonWrite(
      WorkItemId workItem, WorkItemState to, String reason, @Nullable SealedText words)
      implements SyncCommand {}

  /**
   * A conflict is decided. Ours is judged again, from the state the source has now. Answered with a
   * {@link GateAnswer}.
   *
   * @param workItem the work item
   * @param conflict the conflict
   * @param keep which side
   * @param decidedBy who decides
   * @param reason what a human said
   * @param elseTheirs whether theirs holds when ours is not allowed; else this is refused then
   * @param basis what ours is judged by
   */
  record ResolveConflict(
      WorkItemId workItem,
      UUID conflict,
      ConflictResolution keep,
      Actor decidedBy,
      @Nullable SealedText reason,
      boolean elseTheirs,
      Basis basis)
      implements SyncCommand {}
}
