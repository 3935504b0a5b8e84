package io.countersign.kernel.workitem;

/**
 * The answer to {@link WorkItemCommand.RequestTransition}. A refusal is an answer and no exception,
 * so that the event which records it is kept.
 */
public sealed interface TransitionAnswer {

  /** Recorded as requested. */
  record Requested(WorkItemState from, WorkItemState to) implements TransitionAnswer {}

  /** Refused; recorded, unless the state is not mapped. */
  record Refused(WorkItemRejection rejection) implements TransitionAnswer {}
}
