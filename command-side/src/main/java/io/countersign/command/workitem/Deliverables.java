package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateCommand.AttachDocument;
import io.countersign.kernel.workitem.GateCommand.AttestRequirement;
import io.countersign.kernel.workitem.GateCommand.WithdrawAttestation;
import io.countersign.kernel.workitem.GateCommand.WithdrawDocument;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.rules.policy.Requirement;
import java.util.Optional;
import java.util.UUID;

/** Documents, and the word of people that something is so. */
final class Deliverables {

  /** What attestations are known by: they have no id of their own. */
  private static final UUID NO_ID = new UUID(0, 0);

  private static final int MOST_DOCUMENTS = 500;

  private Deliverables() {}

  /** The same bytes of the same kind are attached once. */
  static Outcome attach(ItemState item, AttachDocument command) {
    OpenGate.stateOf(item);
    int revision = item.profile().revision();
    Optional<Gates.Document> there =
        item.gates().documents().stream()
            .filter(one -> one.kind().equals(command.kind()))
            .filter(one -> one.digest().equals(command.digest()))
            .findFirst();
    if (there.isPresent()) {
      return Outcome.recorded(there.get().id(), revision);
    }
    if (item.gates().documents().size() >= MOST_DOCUMENTS) {
      throw NotTaken.because(
          "too-many-documents", "the work item has %d documents".formatted(MOST_DOCUMENTS));
    }
    return Outcome.recorded(
        command.document(),
        revision,
        new GateEvent.DocumentAttached(
            command.workItem(),
            command.document(),
            command.kind(),
            command.digest(),
            command.location(),
            revision,
            command.basis().by()));
  }

  static Outcome withdraw(ItemState item, WithdrawDocument command) {
    if (item.gates().documents().stream().noneMatch(one -> one.id().equals(command.document()))) {
      throw NotTaken.because("document-unknown", "no document of that id is attached");
    }
    return Outcome.recorded(
        command.document(),
        item.profile().revision(),
        new GateEvent.DocumentWithdrawn(
            command.workItem(), command.document(), command.comment(), command.basis().by()));
  }

  static Outcome attest(ItemState item, AttestRequirement command, Grounds grounds) {
    Decider by = command.basis().by();
    OpenGate open = new OpenGate(command.workItem(), item, command.basis(), grounds);
    Requirement.Attested requirement = open.requirement(command.requirement());
    if (!OpenGate.hasRole(requirement.attestedBy(), by)) {
      throw NotTaken.because(
          "role-needed",
          "the word of a principal with role %s is needed for %s; %s has %s"
              .formatted(
                  OpenGate.roles(requirement.attestedBy()),
                  requirement.id(),
                  by.principal(),
                  String.join(", ", by.roles())));
    }
    if (requirement.notWorkers()) {
      open.needStranger(by);
    }
    int revision = open.revision(command.revision());
    boolean said =
        attestation(item, command.requirement(), by).stream()
            .anyMatch(one -> one.revision() == revision);
    return said
        ? Outcome.recorded(NO_ID, revision)
        : Outcome.recorded(
            NO_ID,
            revision,
            new GateEvent.RequirementAttested(
                command.workItem(), command.requirement(), revision, command.comment(), by));
  }

  static Outcome takeBack(ItemState item, WithdrawAttestation command) {
    Decider by = command.basis().by();
    if (attestation(item, command.requirement(), by).isEmpty()) {
      throw NotTaken.because("attestation-unknown", by.principal() + " did not vouch for that");
    }
    return Outcome.recorded(
        NO_ID,
        item.profile().revision(),
        new GateEvent.AttestationWithdrawn(
            command.workItem(), command.requirement(), command.comment(), by));
  }

  private static Optional<Gates.Attestation> attestation(
      ItemState item, String requirement, Decider by) {
    return item.gates().attestations().stream()
        .filter(one -> one.requirement().equals(requirement) && one.by().sameAs(by))
        .findFirst();
  }
}
