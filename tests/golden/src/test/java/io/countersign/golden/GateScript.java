package io.countersign.golden;

import static io.countersign.golden.Fabrikam.LATER;
import static io.countersign.golden.Fabrikam.OTHER_TECHNICAL_LEAD;
import static io.countersign.golden.Fabrikam.RELEASE_MANAGER;
import static io.countersign.golden.Fabrikam.TEAM_LEAD;
import static io.countersign.golden.Fabrikam.TECHNICAL_LEAD;
import static io.countersign.golden.Fabrikam.WORKER;
import static io.countersign.golden.Fabrikam.at;
import static io.countersign.golden.Fabrikam.item;
import static io.countersign.golden.Fabrikam.reading;
import static io.countersign.golden.Fabrikam.sighting;
import static io.countersign.golden.Fabrikam.text;
import static io.countersign.kernel.workitem.WorkItemState.IN_PROGRESS;

import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.AttachDocument;
import io.countersign.kernel.workitem.GateCommand.AttestRequirement;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.Delegate;
import io.countersign.kernel.workitem.GateCommand.EndDelegation;
import io.countersign.kernel.workitem.GateCommand.RefuseOverride;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.GateCommand.WithdrawAttestation;
import io.countersign.kernel.workitem.GateCommand.WithdrawDocument;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.UUID;

/** Documents, attestations, approvals and overrides at a gate of the CMMI policy. */
final class GateScript {

  private static final String GATE = "technical_lead_approval";
  private static final Reading CMMI =
      reading(Process.CMMI, ViolationMode.OBSERVE, ConflictPolicy.THEIRS);

  private final WorkItemId item = item(4720);
  private final Told told;

  GateScript(Told told) {
    this.told = told;
  }

  void play() {
    told.source(new RecordCreation(item, sighting(item, "Ready", CMMI), at(1, 1)));
    documents();
    attestations();
    approvals();
    overrides();
  }

  private void documents() {
    UUID design = told.id();
    UUID other = told.id();
    told.person(
        new AttachDocument(
            item, design, "technical_design", "ab".repeat(32), words("in the wiki"), by(WORKER)));
    told.person(
        new AttachDocument(
            item, other, "test_plan", "cd".repeat(32), words("on the share"), by(WORKER)));
    told.person(new WithdrawDocument(item, other, words("the wrong one"), by(WORKER)));
  }

  private void attestations() {
    told.person(
        new AttestRequirement(
            item, "resource_availability", 1, words("we have time"), by(TEAM_LEAD)));
    told.person(
        new WithdrawAttestation(item, "resource_availability", words("no more"), by(TEAM_LEAD)));
  }

  private void approvals() {
    UUID approval = told.id();
    UUID delegation = told.id();
    told.person(
        new Approve(
            item, approval, IN_PROGRESS, GATE, 1, LATER, words("it holds"), by(TECHNICAL_LEAD)));
    told.person(
        new Reject(
            item, told.id(), IN_PROGRESS, GATE, 1, words("not at all"), by(OTHER_TECHNICAL_LEAD)));
    told.person(new Revoke(item, approval, words("on second thought"), by(TECHNICAL_LEAD)));
    told.person(
        new Delegate(
            item,
            delegation,
            IN_PROGRESS,
            GATE,
            "sue",
            LATER,
            words("I am away"),
            by(TECHNICAL_LEAD)));
    told.person(new EndDelegation(item, delegation, by(TECHNICAL_LEAD)));
  }

  private void overrides() {
    UUID refused = told.id();
    UUID confirmed = told.id();
    String why = "production is down, and the design is being written meanwhile";
    told.person(
        new RequestOverride(
            item, refused, IN_PROGRESS, words(why), why.length(), by(TECHNICAL_LEAD)));
    told.person(new RefuseOverride(item, refused, words("ask me first"), by(RELEASE_MANAGER)));
    told.person(
        new RequestOverride(
            item, confirmed, IN_PROGRESS, words(why), why.length(), by(TECHNICAL_LEAD)));
    told.person(new ConfirmOverride(item, confirmed, words("go"), by(RELEASE_MANAGER)));
    told.person(new RequestTransition(item, IN_PROGRESS, by(WORKER)));
  }

  private SealedText words(String clear) {
    return text(item.keyOwner(), clear);
  }

  private static Basis by(Decider decider) {
    return Fabrikam.basis(CMMI, decider);
  }
}
