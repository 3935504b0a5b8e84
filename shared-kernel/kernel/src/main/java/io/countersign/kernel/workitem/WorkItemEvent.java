package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a work item. What Azure DevOps reports cannot be refused, only recorded and judged;
 * what we ask for ourselves is requested or refused.
 */
public sealed interface WorkItemEvent
    permits GateEvent,
        SyncEvent,
        WorkItemEvent.Registered,
        WorkItemEvent.StateChanged,
        WorkItemEvent.StateUnmapped,
        WorkItemEvent.TransitionViolated,
        WorkItemEvent.JudgementDeferred,
        WorkItemEvent.Retitled,
        WorkItemEvent.AssignmentChanged,
        WorkItemEvent.FieldsChanged,
        WorkItemEvent.LinksChanged,
        WorkItemEvent.Commented,
        WorkItemEvent.Deleted,
        WorkItemEvent.Restored,
        WorkItemEvent.GapDetected,
        WorkItemEvent.LateUpdateRecorded,
        WorkItemEvent.TransitionRequested,
        WorkItemEvent.TransitionRefused {

  /** The work item. */
  WorkItemId workItem();

  /**
   * First seen. Its history is known from this update on.
   *
   * @param workItem the work item
   * @param project its project
   * @param type work item type in the source, for example {@code User Story}
   * @param state what the source's state means; absent when it is not mapped
   * @param sourceState the source's state
   * @param process the process the state was read by
   * @param title sealed under the work item's key
   * @param createdBy who created it
   * @param assignedTo who has it
   * @param fields all other fields told, by reference name
   * @param links relations told
   * @param change the change it was first seen with
   */
  record Registered(
      WorkItemId workItem,
      ProjectId project,
      String type,
      @Nullable WorkItemState state,
      String sourceState,
      Process process,
      SealedText title,
      @Nullable Person createdBy,
      @Nullable Person assignedTo,
      Map<String, FieldValue> fields,
      List<Link> links,
      SourceChange change)
      implements WorkItemEvent {}

  /** The state changed in the source. {@code from} and {@code to} are absent where not mapped. */
  record StateChanged(
      WorkItemId workItem,
      @Nullable WorkItemState from,
      @Nullable WorkItemState to,
      String sourceFrom,
      String sourceTo,
      SourceChange change)
      implements WorkItemEvent {}

  /** The source has a state nobody mapped: an operator has to say what it means. */
  record StateUnmapped(
      WorkItemId workItem, String type, String sourceState, Process process, SourceChange change)
      implements WorkItemEvent {}

  /**
   * A state change broke a rule.
   *
   * @param workItem the work item
   * @param from canonical state before
   * @param to canonical state after
   * @param rule id of the rule, for example {@code agile.transition}
   * @param reason the rule in words
   * @param change the change that broke it
   */
  record TransitionViolated(
      WorkItemId workItem,
      WorkItemState from,
      WorkItemState to,
      String rule,
      String reason,
      SourceChange change)
      implements WorkItemEvent {}

  /**
   * A state change was not judged, because updates before it are missing or a state is not mapped.
   */
  record JudgementDeferred(WorkItemId workItem, String reason, SourceChange change)
      implements WorkItemEvent {}

  /** The title changed. */
  record Retitled(WorkItemId workItem, SealedText title, SourceChange change)
      implements WorkItemEvent {}

  /** Somebody else has it now, or nobody. */
  record AssignmentChanged(
      WorkItemId workItem, @Nullable Person from, @Nullable Person to, SourceChange change)
      implements WorkItemEvent {}

  /** Other fields changed. */
  record FieldsChanged(WorkItemId workItem, List<FieldChange> changes, SourceChange change)
      implements WorkItemEvent {}

  /** Relations changed. */
  record LinksChanged(
      WorkItemId workItem, List<Link> added, List<Link> removed, SourceChange change)
      implements WorkItemEvent {}

  /** Somebody commented. */
  record Commented(WorkItemId workItem, SealedText text, SourceChange change)
      implements WorkItemEvent {}

  /** Moved to the source's recycle bin. */
  record Deleted(WorkItemId workItem, SourceChange change) implements WorkItemEvent {}

  /** Taken out of the source's recycle bin. */
  record Restored(WorkItemId workItem, SourceChange change) implements WorkItemEvent {}

  /**
   * Updates {@code from} to {@code to} (both included) were not told: the history is incomplete.
   */
  record GapDetected(WorkItemId workItem, int from, int to) implements WorkItemEvent {}

  /**
   * An update arrived after a later one. What no later one told of follows as events of its own;
   * what is in here only fills history.
   *
   * @param workItem the work item
   * @param sourceFrom the source's state before, when the update changed it
   * @param sourceTo the source's state after, when the update changed it
   * @param changes fields it changed
   * @param added relations it added
   * @param removed relations it removed
   * @param change the change
   */
  record LateUpdateRecorded(
      WorkItemId workItem,
      @Nullable String sourceFrom,
      @Nullable String sourceTo,
      List<FieldChange> changes,
      List<Link> added,
      List<Link> removed,
      SourceChange change)
      implements WorkItemEvent {}

  /** We ask for a transition; it holds once the source reports it. */
  record TransitionRequested(WorkItemId workItem, WorkItemState from, WorkItemState to)
      implements WorkItemEvent {}

  /** We were asked for a transition and refused. */
  record TransitionRefused(
      WorkItemId workItem, WorkItemState from, WorkItemState to, String rule, String reason)
      implements WorkItemEvent {}
}
