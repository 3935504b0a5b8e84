package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people here bring to the gates of a work item and decide about them. Answered with a {@link
 * GateAnswer}. Who decides is in the basis: an authenticated principal, never a field of a request.
 */
public sealed interface GateCommand extends WorkItemCommand {

  /** What the decision stands on. */
  Basis basis();

  /** What may follow? Records nothing. */
  record ConsiderTransitions(WorkItemId workItem, Basis basis) implements GateCommand {}

  /** A document is there. */
  record AttachDocument(
      WorkItemId workItem,
      UUID document,
      String kind,
      String digest,
      SealedText location,
      Basis basis)
      implements GateCommand {}

  /** A document counts no longer. */
  record WithdrawDocument(
      WorkItemId workItem, UUID document, @Nullable SealedText comment, Basis basis)
      implements GateCommand {}

  /**
   * Vouches that a requirement is met. {@code revision} is the one looked at; absent for the
   * newest.
   */
  record AttestRequirement(
      WorkItemId workItem,
      String requirement,
      @Nullable Integer revision,
      @Nullable SealedText comment,
      Basis basis)
      implements GateCommand {}

  /** Takes it back. */
  record WithdrawAttestation(
      WorkItemId workItem, String requirement, @Nullable SealedText comment, Basis basis)
      implements GateCommand {}

  /**
   * Approves.
   *
   * @param workItem the work item
   * @param approval identifies the approval
   * @param to state it is approved for
   * @param gate as the policy names it
   * @param revision the one looked at; absent for the newest
   * @param expiresAt from then on it does not count
   * @param comment in words
   * @param basis who and when
   */
  record Approve(
      WorkItemId workItem,
      UUID approval,
      WorkItemState to,
      String gate,
      @Nullable Integer revision,
      @Nullable Instant expiresAt,
      @Nullable SealedText comment,
      Basis basis)
      implements GateCommand {}

  /** Says no. */
  record Reject(
      WorkItemId workItem,
      UUID approval,
      WorkItemState to,
      String gate,
      @Nullable Integer revision,
      @Nullable SealedText comment,
      Basis basis)
      implements GateCommand {}

  /** Takes an approval or a rejection back. */
  record Revoke(WorkItemId workItem, UUID approval, @Nullable SealedText comment, Basis basis)
      implements GateCommand {}

  /**
   * Lets somebody else approve.
   *
   * @param workItem the work item
   * @param delegation identifies the delegation
   * @param to state the gate is for
   * @param gate the gate
   * @param delegate principal, checked before to be one who may approve at all
   * @param until end of it
   * @param comment in words
   * @param basis who and when
   */
  record Delegate(
      WorkItemId workItem,
      UUID delegation,
      WorkItemState to,
      String gate,
      String delegate,
      Instant until,
      @Nullable SealedText comment,
      Basis basis)
      implements GateCommand {}

  /** Ends a delegation. */
  record EndDelegation(WorkItemId workItem, UUID delegation, Basis basis) implements GateCommand {}

  /**
   * Wants a transition although something is missing.
   *
   * @param workItem the work item
   * @param override identifies it
   * @param to state wanted
   * @param justification why
   * @param length characters of the justification: the text itself is sealed
   * @param basis who and when
   */
  record RequestOverride(
      WorkItemId workItem,
      UUID override,
      WorkItemState to,
      SealedText justification,
      int length,
      Basis basis)
      implements GateCommand {}

  /** Agrees to an override. */
  record ConfirmOverride(
      WorkItemId workItem, UUID override, @Nullable SealedText comment, Basis basis)
      implements GateCommand {}

  /** Does not agree to an override, or takes it back. */
  record RefuseOverride(
      WorkItemId workItem, UUID override, @Nullable SealedText comment, Basis basis)
      implements GateCommand {}
}
