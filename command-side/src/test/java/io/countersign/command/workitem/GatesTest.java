package io.countersign.command.workitem;

import static io.countersign.command.workitem.Cmmi.RELEASE_MANAGER;
import static io.countersign.command.workitem.Cmmi.TEAM_LEAD;
import static io.countersign.command.workitem.Cmmi.TECHNICAL_LEAD;
import static io.countersign.command.workitem.Cmmi.WORKER;
import static io.countersign.command.workitem.Cmmi.at;
import static io.countersign.command.workitem.Cmmi.by;
import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.NOON;
import static io.countersign.command.workitem.Samples.decider;
import static io.countersign.command.workitem.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.GateCommand.Delegate;
import io.countersign.kernel.workitem.GateCommand.EndDelegation;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemRejection.GateRefuses;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gates of the CMMI policy take, on a work item in state New. */
class GatesTest {

  private static final String LEAD_GATE = "team_lead_approval";
  private static final Instant LATER = Instant.parse("2126-01-01T00:00:00Z");

  private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
  private Configuration axon;
  private int ids;

  @BeforeEach
  void start() {
    var configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new WorkItems(_ -> Cmmi.GROUNDS).configureModule(configurer);
    axon = configurer.start();
    send(Samples.created());
  }

  @AfterEach
  void stop() {
    axon.shutdown();
  }

  @Test
  void theRoleIsNeeded() {
    assertThat(reason(approve(TECHNICAL_LEAD)))
        .isEqualTo(
            "gate team_lead_approval is for a principal with role team_lead; theo has technical_lead");
  }

  @Test
  void anUnknownGateIsNamedWithThoseThereAre() {
    assertThat(
            reason(
                new Approve(
                    ITEM,
                    id(),
                    WorkItemState.READY,
                    "qa_approval",
                    null,
                    null,
                    null,
                    by(TEAM_LEAD))))
        .isEqualTo("from New to Ready there is no gate of that name but: team_lead_approval");
  }

  @Test
  void anOldRevisionIsNotApproved() {
    assertThat(
            reason(
                new Approve(
                    ITEM, id(), WorkItemState.READY, LEAD_GATE, 7, null, null, by(TEAM_LEAD))))
        .isEqualTo("revision 7 was looked at, but the work item is at 1: look again");
  }

  @Test
  void whoWorkedOnItDoesNotApproveWhateverHeIsCalled() {
    Decider lead = decider("wanda-the-lead", Cmmi.WANDA, "team_lead");
    assertThat(reason(approve(lead)))
        .isEqualTo("wanda-the-lead worked on the item, and cannot decide this");
  }

  @Test
  void whoIsLinkedToNobodyCannotShowThatHeDidNotWorkOnIt() {
    assertThat(reason(approve(decider("tina", null, "team_lead"))))
        .startsWith("tina is linked to no person, so it cannot be shown who worked on the item");
  }

  @Test
  void anApprovalCountsForItsTransitionAndIsSaidOnce() {
    assertThat(missing(WorkItemState.READY)).contains(LEAD_GATE);
    Object first = send(approve(TEAM_LEAD));
    assertThat(missing(WorkItemState.READY)).doesNotContain(LEAD_GATE);
    assertThat(send(approve(TEAM_LEAD))).isEqualTo(first);
  }

  @Test
  void anApprovalOfAnOlderRevisionDoesNotCount() {
    send(approve(TEAM_LEAD));
    send(Samples.updated(2, 2));
    assertThat(missing(WorkItemState.READY)).contains(LEAD_GATE);
    assertThat(words(WorkItemState.READY))
        .anyMatch(words -> words.contains("tess's does not count: it was given for revision 1"));
  }

  @Test
  void anApprovalExpires() {
    Instant until = Instant.parse("2026-11-20T13:00:00Z");
    send(new Approve(ITEM, id(), WorkItemState.READY, LEAD_GATE, null, until, null, by(TEAM_LEAD)));
    assertThat(missingAt(LATER, WorkItemState.READY)).contains(LEAD_GATE);
    assertThat(
            reason(
                new Approve(
                    ITEM, id(), WorkItemState.READY, LEAD_GATE, null, NOON, null, by(TEAM_LEAD))))
        .isEqualTo("the approval would have expired already");
  }

  @Test
  void aRejectionClosesTheGateUntilItIsTakenBackOrReplaced() {
    send(approve(TEAM_LEAD));
    Decider other = decider("tom", Cmmi.person(99), "team_lead");
    UUID rejection = recorded(reject(other));
    assertThat(words(WorkItemState.READY)).anyMatch(words -> words.contains("rejected by tom"));
    assertThat(reason(new Revoke(ITEM, rejection, null, by(TEAM_LEAD))))
        .isEqualTo("only who decided, or let somebody decide for him, can take it back");
    send(new Revoke(ITEM, rejection, null, by(other)));
    assertThat(missing(WorkItemState.READY)).doesNotContain(LEAD_GATE);

    send(reject(TEAM_LEAD));
    assertThat(missing(WorkItemState.READY)).contains(LEAD_GATE);
    send(approve(TEAM_LEAD));
    assertThat(missing(WorkItemState.READY)).doesNotContain(LEAD_GATE);
  }

  @Test
  void aRevokedApprovalCountsNoLonger() {
    UUID approval = recorded(approve(TEAM_LEAD));
    send(new Revoke(ITEM, approval, null, by(TEAM_LEAD)));
    assertThat(missing(WorkItemState.READY)).contains(LEAD_GATE);
  }

  @Test
  void aGateIsDelegatedByWhoCouldDecideItAndNotFurther() {
    Decider stand = decider("sue", Cmmi.person(98), "approver");
    assertThat(reason(approve(stand))).contains("is for a principal with role team_lead");
    assertThat(reason(delegate(stand, "tom")))
        .startsWith("only a principal with role team_lead can let somebody else decide");
    UUID delegation = recorded(delegate(TEAM_LEAD, "sue"));
    assertThat(reason(delegate(stand, "tom"))).startsWith("only a principal with role team_lead");
    send(approve(stand));
    assertThat(missing(WorkItemState.READY)).doesNotContain(LEAD_GATE);
    assertThat(reason(approve(TEAM_LEAD)))
        .isEqualTo("sue decided on your behalf: revoke that first");
    send(new EndDelegation(ITEM, delegation, by(TEAM_LEAD)));
    assertThat(reason(approve(stand))).contains("is for a principal with role team_lead");
  }

  @Test
  void whoWorkedOnItDelegatesNothingAndNobodyStandsInForHimself() {
    Decider lead = decider("wanda-the-lead", Cmmi.WANDA, "team_lead");
    assertThat(reason(delegate(lead, "sue"))).contains("worked on the item");
    assertThat(reason(delegate(TEAM_LEAD, "tess"))).isEqualTo("nobody can stand in for himself");
    send(delegate(TEAM_LEAD, "tess-too"));
    assertThat(reason(approve(decider("tess-too", Cmmi.TESS, "approver"))))
        .isEqualTo("nobody can stand in for himself");
  }

  @Test
  void whatIsMissingIsSaidInWordsAndTheRefusalIsRecordedWithTheDecision() {
    Object answer = send(new RequestTransition(ITEM, WorkItemState.READY, by(WORKER)));
    assertThat(answer).isInstanceOf(TransitionAnswer.Refused.class);
    var refused = (RuleForbids) ((TransitionAnswer.Refused) answer).rejection();
    assertThat(refused.rule()).isEqualTo("cmmi.new-ready");
    assertThat(refused.missing())
        .extracting(one -> one.kind() + " " + one.id())
        .containsExactly(
            "requirement assignment_validation",
            "approval team_lead_approval",
            "document requirement_specification");
    assertThat(events())
        .extracting(event -> event.getClass().getSimpleName())
        .endsWith("TransitionDecided", "TransitionRefused");
  }

  @Test
  void anOverrideTakesAJustificationARoleAndASecondPerson() {
    assertThat(reason(override(WORKER, 60)))
        .startsWith("overrides are for principals with role technical_lead or release_manager");
    assertThat(reason(override(TECHNICAL_LEAD, 39)))
        .isEqualTo("the justification has 39 characters; 40 are needed");
    UUID override = recorded(override(TECHNICAL_LEAD, 40));
    Decider alias = decider("theo-too", Cmmi.THEO, "release_manager");
    assertThat(reason(new ConfirmOverride(ITEM, override, null, by(alias))))
        .isEqualTo("who asks for an override cannot be the second person too");
    assertThat(send(new RequestTransition(ITEM, WorkItemState.READY, by(WORKER))))
        .isInstanceOf(TransitionAnswer.Refused.class);
    send(new ConfirmOverride(ITEM, override, null, by(RELEASE_MANAGER)));
    assertThat(send(new RequestTransition(ITEM, WorkItemState.READY, by(WORKER))))
        .isEqualTo(new TransitionAnswer.Requested(WorkItemState.NEW, WorkItemState.READY));
  }

  @Test
  void whatWasForLeavingAStateEndsWithIt() {
    UUID override = recorded(override(TECHNICAL_LEAD, 40));
    send(new ConfirmOverride(ITEM, override, null, by(RELEASE_MANAGER)));
    UUID approval = recorded(approve(TEAM_LEAD));
    send(moved(2, "New", "Removed"));
    send(moved(3, "Removed", "New"));
    assertThat(reason(new Revoke(ITEM, approval, null, by(TEAM_LEAD))))
        .isEqualTo("no approval or rejection of that id holds");
    assertThat(send(new RequestTransition(ITEM, WorkItemState.READY, by(WORKER))))
        .isInstanceOf(TransitionAnswer.Refused.class);
  }

  @Test
  void anOverrideDoesNotReplaceATransition() {
    assertThat(
            reason(
                new RequestOverride(
                    ITEM, id(), WorkItemState.DONE, text("because"), 99, by(TECHNICAL_LEAD))))
        .startsWith("the policy in force has no transition from New to Done");
  }

  private Approve approve(Decider decider) {
    return new Approve(ITEM, id(), WorkItemState.READY, LEAD_GATE, null, null, null, by(decider));
  }

  private static RecordUpdate moved(int update, String from, String to) {
    return new RecordUpdate(
        ITEM,
        new Update(List.of(Samples.state(from, to)), List.of(), List.of(), null),
        Cmmi.reading(ViolationMode.OBSERVE),
        null,
        Samples.at(update, update));
  }

  private Reject reject(Decider decider) {
    return new Reject(ITEM, id(), WorkItemState.READY, LEAD_GATE, null, null, by(decider));
  }

  private Delegate delegate(Decider decider, String to) {
    return new Delegate(ITEM, id(), WorkItemState.READY, LEAD_GATE, to, LATER, null, by(decider));
  }

  private RequestOverride override(Decider decider, int length) {
    return new RequestOverride(
        ITEM, id(), WorkItemState.READY, text("because"), length, by(decider));
  }

  private UUID id() {
    return new UUID(1, ++ids);
  }

  private @Nullable Object send(Object command) {
    return axon.commandGateway().sendAndWait(command);
  }

  private UUID recorded(GateCommand command) {
    return ((GateAnswer.Recorded) send(command)).id();
  }

  private String reason(GateCommand command) {
    int before = events().size();
    Object answer = send(command);
    assertThat(answer).isInstanceOf(GateAnswer.Refused.class);
    assertThat(events()).as("a refusal records nothing").hasSize(before);
    return ((GateRefuses) ((GateAnswer.Refused) answer).rejection()).reason();
  }

  private List<String> missing(WorkItemState to) {
    return missingAt(NOON, to);
  }

  private List<String> missingAt(Instant moment, WorkItemState to) {
    return considered(moment).prospects().stream()
        .filter(prospect -> prospect.to() == to)
        .flatMap(prospect -> prospect.missing().stream())
        .map(one -> one.id())
        .toList();
  }

  private List<String> words(WorkItemState to) {
    return considered(NOON).prospects().stream()
        .filter(prospect -> prospect.to() == to)
        .flatMap(prospect -> prospect.missing().stream())
        .map(one -> one.words())
        .toList();
  }

  private GateAnswer.Considered considered(Instant moment) {
    return (GateAnswer.Considered) send(new ConsiderTransitions(ITEM, at(moment, WORKER)));
  }

  private List<WorkItemEvent> events() {
    return engine
        .readEvents(ITEM.toString())
        .asStream()
        .map(event -> (WorkItemEvent) event.getPayload())
        .toList();
  }
}
