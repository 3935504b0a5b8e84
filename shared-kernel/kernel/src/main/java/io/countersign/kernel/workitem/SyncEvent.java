package io.countersign.kernel.workitem;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.SealedText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts about what we write to the source, and where its changes and ours met. */
public sealed interface SyncEvent extends WorkItemEvent {

  /**
   * The source took a transition of ours.
   *
   * @param workItem the work item
   * @param to the state
   * @param sourceState the state's name in the source
   * @param revision the work item's {@code rev} after the write: the change with this revision is
   *     our own
   */
  record TransitionWritten(WorkItemId workItem, WorkItemState to, String sourceState, int revision)
      implements SyncEvent {}

  /** The source reported that what we asked for holds. */
  record TransitionConfirmed(WorkItemId workItem, WorkItemState to, SourceChange change)
      implements SyncEvent {}

  /**
   * The source refused to take it.
   *
   * @param workItem the work item
   * @param to the state
   * @param code stable code of the refusal
   * @param words what the source said
   */
  record WriteRefused(WorkItemId workItem, WorkItemState to, String code, SealedText words)
      implements SyncEvent {}

  /**
   * It will not be written.
   *
   * @param workItem the work item
   * @param to the state
   * @param reason stable code
   * @param words what a human said who gave it up
   */
  record WriteAbandoned(
      WorkItemId workItem, WorkItemState to, String reason, @Nullable SealedText words)
      implements SyncEvent {}

  /**
   * Both sides moved it.
   *
   * @param workItem the work item
   * @param conflict identifies the conflict
   * @param from state both started from
   * @param wanted state we asked for
   * @param theirs what the source's state means; absent when not mapped
   * @param sourceTheirs the source's state
   * @param change the source's change
   */
  record ConflictDetected(
      WorkItemId workItem,
      UUID conflict,
      WorkItemState from,
      WorkItemState wanted,
      @Nullable WorkItemState theirs,
      String sourceTheirs,
      SourceChange change)
      implements SyncEvent {}

  /** A conflict is over. {@code reason} is what a human said who decided it. */
  record ConflictResolved(
      WorkItemId workItem,
      UUID conflict,
      ConflictResolution resolution,
      Actor decidedBy,
      @Nullable SealedText reason)
      implements SyncEvent {}

  /**
   * A change of the source broke the policy and is to be moved back.
   *
   * @param workItem the work item
   * @param change the change
   * @param rule the rule it broke
   * @param back state to go back to
   * @param sourceBack its name in the source
   */
  record ReversalRequested(
      WorkItemId workItem, SourceChange change, String rule, WorkItemState back, String sourceBack)
      implements SyncEvent {}
}
