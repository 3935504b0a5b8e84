package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.audit.AuditEvent;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class DetectionTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  private static final ProjectId PROJECT = new ProjectId(ORGANIZATION, "shop");
  private static final WorkItemId ITEM = new WorkItemId(ORGANIZATION, 42);

  private ProjectSettings settings = ProjectSettings.UNKNOWN;

  @Test
  void aBrokenRuleIsAMatterForHumansWhereTheProjectSaysSo() {
    var violated =
        new WorkItemEvent.TransitionViolated(
            ITEM, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", "no", change());
    assertThat(new Detection().on(occurrence(violated))).hasSize(1);
    var cause = new Cause(Detection.VIOLATED, ITEM, null, "agile.transition", List.of(7L));
    assertThat(decide().escalates(cause)).isFalse();
    choose(ViolationMode.ESCALATE);
    assertThat(decide().escalates(cause)).isTrue();
    choose(ViolationMode.ENFORCE);
    assertThat(decide().escalates(cause)).isTrue();
    choose(ViolationMode.OBSERVE);
    assertThat(decide().escalates(cause)).isFalse();
    var unknown = new WorkItemId(ORGANIZATION, 43);
    choose(ViolationMode.ESCALATE);
    assertThat(decide().escalates(new Cause(Detection.VIOLATED, unknown, null, "r", List.of())))
        .isFalse();
  }

  @Test
  void aSubscriptionThatStandsOtherwiseThanEnabledIsAMatterForHumans() {
    assertThat(intended("onProbation").kind()).isEqualTo(RaiseIntent.KIND);
    assertThat(intended("missing").kind()).isEqualTo(RaiseIntent.KIND);
    assertThat(intended("enabled").kind()).isEqualTo(DeliversAgain.KIND);
    assertThat(intended("enabled").lane()).isEqualTo(intended("missing").lane()).isNotNull();
  }

  private static Reaction.Intend intended(String status) {
    List<Reaction> reactions = new Detection().on(occurrence(status(status)));
    assertThat(reactions).hasSize(1);
    return (Reaction.Intend) reactions.getFirst();
  }

  @Test
  void eachKindOfEventIsAFindingThatNamesItsEvidence() {
    var clash = new UUID(0, 3);
    Finding violated =
        only(
            new WorkItemEvent.TransitionViolated(
                ITEM, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", "no", change()));
    assertThat(violated.category()).isEqualTo(Category.COMPLIANCE);
    assertThat(violated.cause())
        .isEqualTo(new Cause("transition-violated", ITEM, null, "agile.transition", List.of(7L)));
    assertThat(violated.dedupeKey())
        .isEqualTo("transition-violated|workitem:fabrikam:42|agile.transition");
    found(
        new WorkItemEvent.StateUnmapped(ITEM, "User Story", "Odd", Process.AGILE, change()),
        "state-unmapped",
        Severity.LOW,
        "state-unmapped|fabrikam|User Story|Odd");
    found(
        new SyncEvent.ConflictDetected(
            ITEM, clash, WorkItemState.NEW, WorkItemState.DONE, null, "Odd", change()),
        "conflict",
        Severity.MEDIUM,
        "conflict|" + clash);
    found(
        new SyncEvent.WriteRefused(
            ITEM,
            WorkItemState.DONE,
            "rule",
            SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, "their words")),
        "write-refused",
        Severity.MEDIUM,
        "write-refused|workitem:fabrikam:42|rule");
    found(
        status("disabledBySystem"),
        "subscription-not-enabled",
        Severity.HIGH,
        "subscription-not-enabled|project:fabrikam:shop");
    found(
        new AuditEvent.AnchorFailing("example.com/log", "rfc3161", "authority", 12, 3),
        "anchor-failing",
        Severity.HIGH,
        "anchor-failing|authority");
    found(
        new DeadLetterEvent.SequenceParked(
            "work-items", "work-items-v1", clash, ITEM.toString(), 12, "workitem.Commented", "x"),
        "sequence-parked",
        Severity.HIGH,
        "sequence-parked|work-items");
  }

  @Test
  void whatIsHandledIsWhatIsAskedForAndNothingElse() {
    assertThat(new Detection().on(occurrence(registered()))).isEmpty();
    assertThat(new Detection().events())
        .doesNotContain(WorkItemEvent.Registered.class)
        .contains(AuditEvent.AnchorFailing.class, SubscriptionStatusChanged.class);
  }

  private static void found(Object event, String kind, Severity severity, String key) {
    Finding finding = only(event);
    assertThat(finding.cause().kind()).isEqualTo(kind);
    assertThat(finding.cause().entries()).containsExactly(7L);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.dedupeKey()).isEqualTo(key);
    assertThat(new Detection().events()).contains(event.getClass());
  }

  private static Finding only(Object event) {
    List<Reaction> reactions = new Detection().on(occurrence(event));
    assertThat(reactions).hasSize(1);
    Reaction.Intend intend = (Reaction.Intend) reactions.getFirst();
    assertThat(intend.kind()).isEqualTo(RaiseIntent.KIND);
    assertThat(intend.due()).isEqualTo(NOON);
    return (Finding) intend.payload();
  }

  private static SubscriptionStatusChanged status(String after) {
    return new SubscriptionStatusChanged(PROJECT, "workitem.updated", "enabled", after);
  }

  private void choose(ViolationMode mode) {
    settings = settings.evolve(new ProjectEvent.ViolationModeChosen(PROJECT, mode));
  }

  private AsProjectsDecide decide() {
    var store =
        EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    store.publish(new GenericDomainEventMessage<>("workitem", ITEM.toString(), 0, registered()));
    return new AsProjectsDecide(new TransitionRules(store, _ -> settings), _ -> settings);
  }

  private static WorkItemEvent registered() {
    return new WorkItemEvent.Registered(
        ITEM,
        PROJECT,
        "User Story",
        WorkItemState.NEW,
        "New",
        Process.AGILE,
        SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, "Pay"),
        null,
        null,
        Map.of(),
        List.of(),
        change());
  }

  private static SourceChange change() {
    return new SourceChange(1, 1, NOON, null);
  }

  private static Occurrence occurrence(Object event) {
    return new Occurrence(event, "e", 7, NOON, ITEM.toString(), "c");
  }
}
