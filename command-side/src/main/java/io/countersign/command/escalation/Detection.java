package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.kernel.audit.AuditEvent.AnchorFailing;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.projection.DeadLetterEvent.SequenceParked;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.WriteRefused;
import io.countersign.kernel.workitem.WorkItemEvent.StateUnmapped;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import java.util.List;
import java.util.Set;

/**
 * Finds in events what may be a matter for humans. One more kind is one more case here and its
 * class in {@link #events()}.
 */
final class Detection implements Automation {

  /** A change in the source broke a rule. */
  static final String VIOLATED = "transition-violated";

  /** Both sides moved one work item. */
  static final String CONFLICT = "conflict";

  /** The source refused a transition. */
  static final String WRITE_REFUSED = "write-refused";

  /** A subscription does not deliver. */
  static final String NOT_ENABLED = "subscription-not-enabled";

  /** A state of the source means nothing here. */
  static final String UNMAPPED = "state-unmapped";

  /** An anchor of the audit log gives no evidence. */
  static final String ANCHOR_FAILING = "anchor-failing";

  /** A projection could not take an event. */
  static final String SEQUENCE_PARKED = "sequence-parked";

  private static final String ENABLED = "enabled";

  @Override
  public String name() {
    return "escalation-detection";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(
        TransitionViolated.class,
        StateUnmapped.class,
        ConflictDetected.class,
        WriteRefused.class,
        SubscriptionStatusChanged.class,
        AnchorFailing.class,
        SequenceParked.class);
  }

  @Override
  public List<Reaction> on(Occurrence occurrence) {
    List<Long> evidence = List.of(occurrence.index());
    return switch (occurrence.event()) {
      case TransitionViolated e ->
          raise(
              occurrence,
              new Finding(
                  Category.COMPLIANCE,
                  Severity.MEDIUM,
                  new Cause(VIOLATED, e.workItem(), null, e.rule(), evidence),
                  "transition-violated|%s|%s".formatted(e.workItem(), e.rule())));
      case StateUnmapped e ->
          raise(
              occurrence,
              new Finding(
                  Category.OPERATIONAL,
                  Severity.LOW,
                  new Cause(UNMAPPED, e.workItem(), null, null, evidence),
                  "state-unmapped|%s|%s|%s"
                      .formatted(e.workItem().organization(), e.type(), e.sourceState())));
      case ConflictDetected e ->
          raise(
              occurrence,
              new Finding(
                  Category.OPERATIONAL,
                  Severity.MEDIUM,
                  new Cause(CONFLICT, e.workItem(), null, null, evidence),
                  "conflict|" + e.conflict()));
      case WriteRefused e ->
          raise(
              occurrence,
              new Finding(
                  Category.OPERATIONAL,
                  Severity.MEDIUM,
                  new Cause(WRITE_REFUSED, e.workItem(), null, null, evidence),
                  "write-refused|%s|%s".formatted(e.workItem(), e.code())));
      case SubscriptionStatusChanged e when e.after().equals(ENABLED) ->
          List.of(
              Reaction.Intend.at(
                      occurrence.at(),
                      DeliversAgain.KIND,
                      new DeliversAgain.Told(e.project().toString()))
                  .inLane(notEnabled(e.project())));
      case SubscriptionStatusChanged e ->
          List.of(
              Reaction.Intend.at(
                      occurrence.at(),
                      RaiseIntent.KIND,
                      new Finding(
                          Category.OPERATIONAL,
                          Severity.HIGH,
                          new Cause(NOT_ENABLED, null, e.project(), null, evidence),
                          notEnabled(e.project())))
                  .inLane(notEnabled(e.project())));
      case AnchorFailing e ->
          raise(
              occurrence,
              new Finding(
                  Category.TECHNICAL,
                  Severity.HIGH,
                  new Cause(ANCHOR_FAILING, null, null, null, evidence),
                  "anchor-failing|" + e.anchor()));
      case SequenceParked e ->
          raise(
              occurrence,
              new Finding(
                  Category.TECHNICAL,
                  Severity.HIGH,
                  new Cause(SEQUENCE_PARKED, null, null, null, evidence),
                  "sequence-parked|" + e.projection()));
      default -> List.of();
    };
  }

  /** The matter that subscriptions of a project do not deliver, whichever. */
  static String notEnabled(ProjectId project) {
    return "subscription-not-enabled|" + project;
  }

  private static List<Reaction> raise(Occurrence occurrence, Finding finding) {
    return List.of(Reaction.Intend.at(occurrence.at(), RaiseIntent.KIND, finding));
  }
}
