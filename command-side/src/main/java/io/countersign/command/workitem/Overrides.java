package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.RefuseOverride;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.OverrideTerms;
import java.util.Optional;
import java.util.UUID;

/** Letting a transition pass although something is missing: justified, and by two. */
final class Overrides {

  private Overrides() {}

  static Outcome request(ItemState item, RequestOverride command, Grounds grounds) {
    Basis basis = command.basis();
    WorkItemState from = OpenGate.stateOf(item);
    OverrideTerms terms = terms(item, command.workItem(), from, command.to(), basis, grounds);
    needRole(terms, basis.by());
    if (command.length() < terms.justificationMinLength()) {
      throw NotTaken.because(
          "justification-short",
          "the justification has %d characters; %d are needed"
              .formatted(command.length(), terms.justificationMinLength()));
    }
    return Outcome.recorded(
        command.override(),
        item.profile().revision(),
        new GateEvent.OverrideRequested(
            command.workItem(),
            command.override(),
            from,
            command.to(),
            item.profile().revision(),
            command.justification(),
            basis.by()));
  }

  static Outcome confirm(ItemState item, ConfirmOverride command, Grounds grounds) {
    Basis basis = command.basis();
    Gates.OverrideAsked asked = asked(item, command.override());
    OverrideTerms terms = terms(item, command.workItem(), asked.from(), asked.to(), basis, grounds);
    needRole(terms, basis.by());
    if (asked.by().sameAs(basis.by())) {
      throw NotTaken.because(
          "same-person", "who asks for an override cannot be the second person too");
    }
    if (asked.second() != null) {
      return Outcome.recorded(asked.id(), item.profile().revision());
    }
    return Outcome.recorded(
        asked.id(),
        item.profile().revision(),
        new GateEvent.OverrideConfirmed(
            command.workItem(), asked.id(), command.comment(), basis.by()));
  }

  static Outcome refuse(ItemState item, RefuseOverride command, Grounds grounds) {
    Basis basis = command.basis();
    Gates.OverrideAsked asked = asked(item, command.override());
    if (!asked.by().sameAs(basis.by())) {
      needRole(
          terms(item, command.workItem(), asked.from(), asked.to(), basis, grounds), basis.by());
    }
    return Outcome.recorded(
        asked.id(),
        item.profile().revision(),
        new GateEvent.OverrideRefused(
            command.workItem(), asked.id(), command.comment(), basis.by()));
  }

  /** An override that lets a transition pass now. */
  static Optional<UUID> inForce(
      ItemState item,
      WorkItemId workItem,
      WorkItemState from,
      WorkItemState to,
      Basis basis,
      Grounds grounds) {
    Judge judge = new Judge(workItem, item, grounds);
    if (item.gates().overrides().isEmpty() || !judge.canBeOverridden(from, to, basis)) {
      return Optional.empty();
    }
    OverrideTerms terms = terms(item, workItem, from, to, basis, grounds);
    return item.gates().overrides().stream()
        .filter(one -> one.from() == from && one.to() == to)
        .filter(one -> one.second() != null || !terms.secondPerson())
        .map(Gates.OverrideAsked::id)
        .findFirst();
  }

  private static OverrideTerms terms(
      ItemState item,
      WorkItemId workItem,
      WorkItemState from,
      WorkItemState to,
      Basis basis,
      Grounds grounds) {
    OpenGate open = new OpenGate(workItem, item, basis, grounds);
    OverrideTerms terms = open.policy(to).overrides();
    if (terms == null) {
      throw NotTaken.because("no-overrides", "the policy in force knows no overrides");
    }
    if (!open.judge().canBeOverridden(from, to, basis)) {
      throw NotTaken.because(
          "no-such-transition",
          "the policy in force has no transition from %s to %s: an override replaces what is"
                  .formatted(from.word(), to.word())
              + " missing, not the transition");
    }
    return terms;
  }

  private static void needRole(OverrideTerms terms, Decider by) {
    if (!OpenGate.hasRole(terms.allowedBy(), by)) {
      throw NotTaken.because(
          "role-needed",
          "overrides are for principals with role %s; %s has %s"
              .formatted(
                  OpenGate.roles(terms.allowedBy()),
                  by.principal(),
                  String.join(", ", by.roles())));
    }
  }

  private static Gates.OverrideAsked asked(ItemState item, UUID id) {
    return item.gates()
        .override(id)
        .orElseThrow(() -> NotTaken.because("override-unknown", "no override of that id is open"));
  }
}
