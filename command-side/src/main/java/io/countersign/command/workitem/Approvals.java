package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.Delegate;
import io.countersign.kernel.workitem.GateCommand.EndDelegation;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Gate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deciding gates. What would never count is refused at once, in words. */
final class Approvals {

  private Approvals() {}

  static Outcome approve(ItemState item, Approve command, Grounds grounds) {
    Basis basis = command.basis();
    Decider by = basis.by();
    OpenGate open = new OpenGate(command.workItem(), item, basis, grounds);
    Gate gate = open.gate(command.to(), command.gate());
    int revision = open.revision(command.revision());
    Instant expiry = command.expiresAt();
    if (expiry != null && !expiry.isAfter(basis.at())) {
      throw NotTaken.because("expired", "the approval would have expired already");
    }
    String onBehalfOf = authority(item, gate, command.to(), basis);
    if (gate.notWorkers()) {
      open.needStranger(by);
    }
    if (gate.byWorker()) {
      open.needWorker(by);
    }
    Optional<Gates.Approval> before = item.gates().decisionOf(by, command.to(), gate.id());
    if (before.isPresent() && isSame(before.get(), revision, expiry)) {
      return Outcome.recorded(before.get().id(), revision);
    }
    return Outcome.recorded(
        command.approval(),
        revision,
        new GateEvent.ApprovalGranted(
            command.workItem(),
            command.approval(),
            command.to(),
            gate.id(),
            revision,
            expiry,
            command.comment(),
            by,
            onBehalfOf));
  }

  private static boolean isSame(Gates.Approval before, int revision, @Nullable Instant expiry) {
    return !before.rejected()
        && before.revision() == revision
        && java.util.Objects.equals(before.expiresAt(), expiry);
  }

  static Outcome reject(ItemState item, Reject command, Grounds grounds) {
    Basis basis = command.basis();
    OpenGate open = new OpenGate(command.workItem(), item, basis, grounds);
    Gate gate = open.gate(command.to(), command.gate());
    int revision = open.revision(command.revision());
    String onBehalfOf = authority(item, gate, command.to(), basis);
    Optional<Gates.Approval> before = item.gates().decisionOf(basis.by(), command.to(), gate.id());
    if (before.isPresent() && before.get().rejected() && before.get().revision() == revision) {
      return Outcome.recorded(before.get().id(), revision);
    }
    return Outcome.recorded(
        command.approval(),
        revision,
        new GateEvent.ApprovalRejected(
            command.workItem(),
            command.approval(),
            command.to(),
            gate.id(),
            revision,
            command.comment(),
            basis.by(),
            onBehalfOf));
  }

  static Outcome revoke(ItemState item, Revoke command) {
    Decider by = command.basis().by();
    Gates.Approval approval =
        item.gates()
            .approval(command.approval())
            .orElseThrow(
                () ->
                    NotTaken.because(
                        "approval-unknown", "no approval or rejection of that id holds"));
    if (!approval.by().sameAs(by) && !by.principal().equals(approval.onBehalfOf())) {
      throw NotTaken.because(
          "not-yours", "only who decided, or let somebody decide for him, can take it back");
    }
    return Outcome.recorded(
        command.approval(),
        item.profile().revision(),
        new GateEvent.ApprovalRevoked(
            command.workItem(), command.approval(), command.comment(), by));
  }

  static Outcome delegate(ItemState item, Delegate command, Grounds grounds) {
    Basis basis = command.basis();
    Decider by = basis.by();
    OpenGate open = new OpenGate(command.workItem(), item, basis, grounds);
    Gate gate = open.gate(command.to(), command.gate());
    if (gate.byWorker()) {
      throw NotTaken.because(
          "not-delegable", "this gate is for who worked on the item: nobody can do it for others");
    }
    if (!OpenGate.hasRole(gate.roles(), by)) {
      throw NotTaken.because(
          "role-needed",
          "only a principal with role %s can let somebody else decide gate %s"
              .formatted(OpenGate.roles(gate.roles()), gate.id()));
    }
    if (gate.notWorkers()) {
      open.needStranger(by);
    }
    if (command.delegate().equals(by.principal())) {
      throw NotTaken.because("same-principal", "nobody can stand in for himself");
    }
    if (!command.until().isAfter(basis.at())) {
      throw NotTaken.because("expired", "the delegation would be over already");
    }
    return Outcome.recorded(
        command.delegation(),
        item.profile().revision(),
        new GateEvent.GateDelegated(
            command.workItem(),
            command.delegation(),
            command.to(),
            gate.id(),
            command.delegate(),
            command.until(),
            command.comment(),
            by));
  }

  static Outcome endDelegation(ItemState item, EndDelegation command) {
    Decider by = command.basis().by();
    Gates.Delegation delegation =
        item.gates().delegations().stream()
            .filter(one -> one.id().equals(command.delegation()))
            .findFirst()
            .orElseThrow(
                () -> NotTaken.because("delegation-unknown", "no delegation of that id holds"));
    if (!delegation.by().sameAs(by) && !delegation.delegate().equals(by.principal())) {
      throw NotTaken.because("not-yours", "only the two it is between can end a delegation");
    }
    return Outcome.recorded(
        command.delegation(),
        item.profile().revision(),
        new GateEvent.DelegationEnded(command.workItem(), command.delegation(), by));
  }

  /**
   * By whose authority somebody decides: his own, or that of who delegated the gate to him. An
   * authority counts once: who let somebody decide for him does not decide too.
   */
  private static @Nullable String authority(
      ItemState item, Gate gate, WorkItemState to, Basis basis) {
    Decider by = basis.by();
    if (OpenGate.hasRole(gate.roles(), by)) {
      item.gates().approvals().stream()
          .filter(one -> one.counted() && one.to() == to && one.gate().equals(gate.id()))
          .filter(one -> by.principal().equals(one.onBehalfOf()))
          .findFirst()
          .ifPresent(
              one -> {
                throw NotTaken.because(
                    "decided-for-you",
                    "%s decided on your behalf: revoke that first".formatted(one.by().principal()));
              });
      return null;
    }
    Gates.Delegation delegation =
        item.gates()
            .delegationTo(by, to, gate.id(), basis.at())
            .orElseThrow(
                () ->
                    NotTaken.because(
                        "role-needed",
                        "gate %s is for a principal with role %s; %s has %s"
                            .formatted(
                                gate.id(),
                                OpenGate.roles(gate.roles()),
                                by.principal(),
                                String.join(", ", by.roles()))));
    if (delegation.by().sameAs(by)) {
      throw NotTaken.because("same-person", "nobody can stand in for himself");
    }
    if (item.gates().decisionOf(delegation.by(), to, gate.id()).isPresent()) {
      throw NotTaken.because(
          "decided-already",
          "%s, who let you decide, has decided this gate".formatted(delegation.by().principal()));
    }
    return delegation.by().principal();
  }
}
