package io.countersign.kernel.catalogue;

import io.countersign.kernel.access.AccessEvent;
import io.countersign.kernel.audit.AuditEvent;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.privacy.PrivacyEvent;
import io.countersign.kernel.privacy.PurgeEvent;
import io.countersign.kernel.privacy.SearchEvent;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;

/**
 * Every event Countersign writes. Names and revisions are for ever; a test holds them against a
 * checked-in list.
 */
public final class Events {

  /**
   * Version of the catalogue. It is raised with the first change after a release; what the events
   * look like in each version, and histories written in it, are kept in files.
   */
  public static final int VERSION = 1;

  /** The newest version that is in a released program; 0 for none. Its files never change again. */
  public static final int RELEASED = 0;

  /** The catalogue of this version. */
  public static final EventCatalogue CATALOGUE =
      EventCatalogue.builder()
          .event("workitem.Registered", 1, WorkItemEvent.Registered.class)
          .event("workitem.StateChanged", 1, WorkItemEvent.StateChanged.class)
          .event("workitem.StateUnmapped", 1, WorkItemEvent.StateUnmapped.class)
          .event("workitem.TransitionViolated", 1, WorkItemEvent.TransitionViolated.class)
          .event("workitem.JudgementDeferred", 1, WorkItemEvent.JudgementDeferred.class)
          .event("workitem.Retitled", 1, WorkItemEvent.Retitled.class)
          .event("workitem.AssignmentChanged", 1, WorkItemEvent.AssignmentChanged.class)
          .event("workitem.FieldsChanged", 1, WorkItemEvent.FieldsChanged.class)
          .event("workitem.LinksChanged", 1, WorkItemEvent.LinksChanged.class)
          .purgeable("workitem.Commented", 1, WorkItemEvent.Commented.class)
          .event("workitem.Deleted", 1, WorkItemEvent.Deleted.class)
          .event("workitem.Restored", 1, WorkItemEvent.Restored.class)
          .event("workitem.GapDetected", 1, WorkItemEvent.GapDetected.class)
          .event("workitem.LateUpdateRecorded", 1, WorkItemEvent.LateUpdateRecorded.class)
          .event("workitem.TransitionRequested", 1, WorkItemEvent.TransitionRequested.class)
          .event("workitem.TransitionRefused", 1, WorkItemEvent.TransitionRefused.class)
          .event("project.Registered", 1, ProjectEvent.Registered.class)
          .event("project.Renamed", 1, ProjectEvent.Renamed.class)
          .event("project.ProcessChosen", 1, ProjectEvent.ProcessChosen.class)
          .event("project.StateMapped", 1, ProjectEvent.StateMapped.class)
          .event("resource.PullRequestChanged", 1, ResourceEvent.PullRequestChanged.class)
          .purgeable("resource.PullRequestCommented", 1, ResourceEvent.PullRequestCommented.class)
          .event("resource.BuildCompleted", 1, ResourceEvent.BuildCompleted.class)
          .event("resource.RunChanged", 1, ResourceEvent.RunChanged.class)
          .event("resource.StageChanged", 1, ResourceEvent.StageChanged.class)
          .event("resource.JobChanged", 1, ResourceEvent.JobChanged.class)
          .event("resource.ReleaseChanged", 1, ResourceEvent.ReleaseChanged.class)
          .event("resource.DeploymentChanged", 1, ResourceEvent.DeploymentChanged.class)
          .event("resource.ApprovalChanged", 1, ResourceEvent.ApprovalChanged.class)
          .event("resource.Pushed", 1, ResourceEvent.Pushed.class)
          .event("resource.Observed", 1, ResourceEvent.Observed.class)
          .event("auditlog.KeyIntroduced", 1, AuditEvent.KeyIntroduced.class)
          .event("auditlog.KeyRotated", 1, AuditEvent.KeyRotated.class)
          .event("auditlog.KeyRetired", 1, AuditEvent.KeyRetired.class)
          .event("auditlog.CheckpointAnchored", 1, AuditEvent.CheckpointAnchored.class)
          .event("auditlog.AnchorFailing", 1, AuditEvent.AnchorFailing.class)
          .event("auditlog.HeadMapRecorded", 1, AuditEvent.HeadMapRecorded.class)
          .event("auditlog.LogRestarted", 1, AuditEvent.LogRestarted.class)
          .event("privacy.HoldPlaced", 1, PrivacyEvent.HoldPlaced.class)
          .event("privacy.HoldLifted", 1, PrivacyEvent.HoldLifted.class)
          .event("privacy.ErasureRequested", 1, PrivacyEvent.ErasureRequested.class)
          .event("privacy.ErasureApproved", 1, PrivacyEvent.ErasureApproved.class)
          .event("privacy.ErasureRefused", 1, PrivacyEvent.ErasureRefused.class)
          .event("privacy.ErasureWithdrawn", 1, PrivacyEvent.ErasureWithdrawn.class)
          .event("privacy.ErasureBegun", 1, PrivacyEvent.ErasureBegun.class)
          .event("privacy.SubjectErased", 1, PrivacyEvent.SubjectErased.class)
          .event("privacy.ErasureCertified", 1, PrivacyEvent.ErasureCertified.class)
          .event("privacy.PurgeRequested", 1, PurgeEvent.PurgeRequested.class)
          .event("privacy.PurgeApproved", 1, PurgeEvent.PurgeApproved.class)
          .event("privacy.PurgeRefused", 1, PurgeEvent.PurgeRefused.class)
          .event("privacy.PayloadPurged", 1, PurgeEvent.PayloadPurged.class)
          .event("privacy.PurgeCertified", 1, PurgeEvent.PurgeCertified.class)
          .event("auditlog.SealingResumed", 1, AuditEvent.SealingResumed.class)
          .event("workitem.DocumentAttached", 1, GateEvent.DocumentAttached.class)
          .event("workitem.DocumentWithdrawn", 1, GateEvent.DocumentWithdrawn.class)
          .event("workitem.RequirementAttested", 1, GateEvent.RequirementAttested.class)
          .event("workitem.AttestationWithdrawn", 1, GateEvent.AttestationWithdrawn.class)
          .event("workitem.ApprovalGranted", 1, GateEvent.ApprovalGranted.class)
          .event("workitem.ApprovalRejected", 1, GateEvent.ApprovalRejected.class)
          .event("workitem.ApprovalRevoked", 1, GateEvent.ApprovalRevoked.class)
          .event("workitem.GateDelegated", 1, GateEvent.GateDelegated.class)
          .event("workitem.DelegationEnded", 1, GateEvent.DelegationEnded.class)
          .event("workitem.OverrideRequested", 1, GateEvent.OverrideRequested.class)
          .event("workitem.OverrideConfirmed", 1, GateEvent.OverrideConfirmed.class)
          .event("workitem.OverrideRefused", 1, GateEvent.OverrideRefused.class)
          .event("workitem.TransitionDecided", 1, GateEvent.TransitionDecided.class)
          .event("workitem.TransitionWritten", 1, SyncEvent.TransitionWritten.class)
          .event("workitem.TransitionConfirmed", 1, SyncEvent.TransitionConfirmed.class)
          .event("workitem.WriteRefused", 1, SyncEvent.WriteRefused.class)
          .event("workitem.WriteAbandoned", 1, SyncEvent.WriteAbandoned.class)
          .event("workitem.ConflictDetected", 1, SyncEvent.ConflictDetected.class)
          .event("workitem.ConflictResolved", 1, SyncEvent.ConflictResolved.class)
          .event("workitem.ReversalRequested", 1, SyncEvent.ReversalRequested.class)
          .event("project.PolicyAttached", 1, ProjectEvent.PolicyAttached.class)
          .event("project.ViolationModeChosen", 1, ProjectEvent.ViolationModeChosen.class)
          .event("project.ConflictPolicyChosen", 1, ProjectEvent.ConflictPolicyChosen.class)
          .event("policy.Published", 1, PolicyEvent.Published.class)
          .event("access.PrincipalLinked", 1, AccessEvent.PrincipalLinked.class)
          .event("privacy.SubjectsSearched", 1, SearchEvent.SubjectsSearched.class)
          .event("privacy.MentionsSearched", 1, SearchEvent.MentionsSearched.class)
          .event("escalation.Raised", 1, EscalationEvent.Raised.class)
          .event("escalation.Repeated", 1, EscalationEvent.Repeated.class)
          .event("escalation.Acknowledged", 1, EscalationEvent.Acknowledged.class)
          .event("escalation.Assigned", 1, EscalationEvent.Assigned.class)
          .event("escalation.Snoozed", 1, EscalationEvent.Snoozed.class)
          .event("escalation.Merged", 1, EscalationEvent.Merged.class)
          .event("escalation.LevelRaised", 1, EscalationEvent.LevelRaised.class)
          .event("escalation.Resolved", 1, EscalationEvent.Resolved.class)
          .event("escalation.NotificationDelivered", 1, EscalationEvent.NotificationDelivered.class)
          .event("escalation.NotificationFailed", 1, EscalationEvent.NotificationFailed.class)
          .event("reconciliation.SourceReconciled", 1, ReconciliationEvent.SourceReconciled.class)
          .event(
              "reconciliation.ReconciliationFailed",
              1,
              ReconciliationEvent.ReconciliationFailed.class)
          .event("reconciliation.BuildsReconciled", 1, ReconciliationEvent.BuildsReconciled.class)
          .event(
              "reconciliation.NotificationsReconciled",
              1,
              ReconciliationEvent.NotificationsReconciled.class)
          .event(
              "reconciliation.SubscriptionStatusChanged",
              1,
              ReconciliationEvent.SubscriptionStatusChanged.class)
          .event("projection.OperationRequested", 1, ProjectionEvent.OperationRequested.class)
          .event("projection.Verified", 1, ProjectionEvent.Verified.class)
          .event("projection.Rebuilt", 1, ProjectionEvent.Rebuilt.class)
          .event("projection.Switched", 1, ProjectionEvent.Switched.class)
          .event("projection.Dropped", 1, ProjectionEvent.Dropped.class)
          .event("projection.Paused", 1, ProjectionEvent.Paused.class)
          .event("projection.Resumed", 1, ProjectionEvent.Resumed.class)
          .event("projection.Resegmented", 1, ProjectionEvent.Resegmented.class)
          .event("projection.SegmentReleased", 1, ProjectionEvent.SegmentReleased.class)
          .event("projection.OperationFailed", 1, ProjectionEvent.OperationFailed.class)
          .event("projection.OperationCanceled", 1, ProjectionEvent.OperationCanceled.class)
          .event("projection.SequenceParked", 1, DeadLetterEvent.SequenceParked.class)
          .event("projection.DeadLettersRetried", 1, DeadLetterEvent.DeadLettersRetried.class)
          .event("projection.DeadLettersEvicted", 1, DeadLetterEvent.DeadLettersEvicted.class)
          .build();

  private Events() {}
}
