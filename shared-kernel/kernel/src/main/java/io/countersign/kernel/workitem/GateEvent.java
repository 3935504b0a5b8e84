package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the gates of a work item: what was brought, who decided what, and what the policy
 * said to it. Revisions are those of the work item that a decision was about. Text that people
 * wrote is sealed under the work item's key.
 */
public sealed interface GateEvent extends WorkItemEvent {

  /**
   * A document is there.
   *
   * @param workItem the work item
   * @param document identifies it
   * @param kind as the policy names it, for example {@code technical_design}
   * @param digest SHA-256 of its bytes in lower case hexadecimal: what it says cannot change
   *     afterwards
   * @param location where it lies
   * @param revision of the work item it was attached to
   * @param by who attached it
   */
  record DocumentAttached(
      WorkItemId workItem,
      UUID document,
      String kind,
      String digest,
      SealedText location,
      int revision,
      Decider by)
      implements GateEvent {}

  /** A document counts no longer. */
  record DocumentWithdrawn(
      WorkItemId workItem, UUID document, @Nullable SealedText comment, Decider by)
      implements GateEvent {}

  /**
   * Somebody vouches that a requirement is met.
   *
   * @param workItem the work item
   * @param requirement as the policy names it, for example {@code code_completion}
   * @param revision of the work item it is met at
   * @param comment in words
   * @param by who vouches
   */
  record RequirementAttested(
      WorkItemId workItem,
      String requirement,
      int revision,
      @Nullable SealedText comment,
      Decider by)
      implements GateEvent {}

  /** A requirement counts as not met again. */
  record AttestationWithdrawn(
      WorkItemId workItem, String requirement, @Nullable SealedText comment, Decider by)
      implements GateEvent {}

  /**
   * Somebody approved.
   *
   * @param workItem the work item
   * @param approval identifies the approval
   * @param to state it is approved for
   * @param gate as the policy names it, for example {@code team_lead_approval}
   * @param revision of the work item that was approved
   * @param expiresAt from then on it does not count
   * @param comment in words
   * @param by who approved
   * @param onBehalfOf principal who delegated the gate to him
   */
  record ApprovalGranted(
      WorkItemId workItem,
      UUID approval,
      WorkItemState to,
      String gate,
      int revision,
      @Nullable Instant expiresAt,
      @Nullable SealedText comment,
      Decider by,
      @Nullable String onBehalfOf)
      implements GateEvent {}

  /** Somebody said no: the gate is closed until this is revoked, or he approves after all. */
  record ApprovalRejected(
      WorkItemId workItem,
      UUID approval,
      WorkItemState to,
      String gate,
      int revision,
      @Nullable SealedText comment,
      Decider by,
      @Nullable String onBehalfOf)
      implements GateEvent {}

  /** An approval or a rejection counts no longer. */
  record ApprovalRevoked(
      WorkItemId workItem, UUID approval, @Nullable SealedText comment, Decider by)
      implements GateEvent {}

  /**
   * Somebody who could approve lets somebody else do it.
   *
   * @param workItem the work item
   * @param delegation identifies the delegation
   * @param to state the gate is for
   * @param gate the gate
   * @param delegate principal who may approve
   * @param until end of it
   * @param comment in words
   * @param by who delegated
   */
  record GateDelegated(
      WorkItemId workItem,
      UUID delegation,
      WorkItemState to,
      String gate,
      String delegate,
      Instant until,
      @Nullable SealedText comment,
      Decider by)
      implements GateEvent {}

  /** A delegation ended before its time. Approvals given under it stay. */
  record DelegationEnded(WorkItemId workItem, UUID delegation, Decider by) implements GateEvent {}

  /**
   * Somebody wants a transition although something is missing. It takes a second person.
   *
   * @param workItem the work item
   * @param override identifies it
   * @param from state it is in
   * @param to state wanted
   * @param revision of the work item
   * @param justification why
   * @param by who asks
   */
  record OverrideRequested(
      WorkItemId workItem,
      UUID override,
      WorkItemState from,
      WorkItemState to,
      int revision,
      SealedText justification,
      Decider by)
      implements GateEvent {}

  /** The second person agrees. */
  record OverrideConfirmed(
      WorkItemId workItem, UUID override, @Nullable SealedText comment, Decider by)
      implements GateEvent {}

  /** The second person does not agree, or who asked took it back. */
  record OverrideRefused(
      WorkItemId workItem, UUID override, @Nullable SealedText comment, Decider by)
      implements GateEvent {}

  /**
   * A policy was asked about a transition.
   *
   * @param workItem the work item
   * @param from state before
   * @param to state after
   * @param decision what it said
   * @param override override that let the transition pass although the policy did not allow it
   * @param change the source's change, where it was judged after it had happened; absent for what
   *     we were asked for
   */
  record TransitionDecided(
      WorkItemId workItem,
      WorkItemState from,
      WorkItemState to,
      Decision decision,
      @Nullable UUID override,
      @Nullable SourceChange change)
      implements GateEvent {}
}
