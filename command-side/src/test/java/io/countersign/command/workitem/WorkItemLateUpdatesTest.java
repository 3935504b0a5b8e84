package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.commented;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.moved;
import static io.countersign.command.workitem.Samples.registered;
import static io.countersign.command.workitem.Samples.sighting;
import static io.countersign.command.workitem.Samples.state;
import static io.countersign.command.workitem.Samples.text;
import static io.countersign.command.workitem.Samples.updated;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent.FieldsChanged;
import io.countersign.kernel.workitem.WorkItemEvent.GapDetected;
import io.countersign.kernel.workitem.WorkItemEvent.JudgementDeferred;
import io.countersign.kernel.workitem.WorkItemEvent.LateUpdateRecorded;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import io.countersign.kernel.workitem.WorkItemEvent.StateUnmapped;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Test;

class WorkItemLateUpdatesTest {

  private static final String AGILE_RULE =
      "in the agile process, New is not followed by Done but by: Ready, InProgress, Removed";

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(BuiltIn.GROUNDS);

  @Test
  void skippedUpdatesAreAGapAndJudgementWaits() {
    fixture
        .givenCommands(created())
        .when(updated(5, 4, state("New", "Closed")))
        .expectEvents(
            new GapDetected(ITEM, 2, 4),
            moved(5, 4, "New", "Closed"),
            new JudgementDeferred(ITEM, "updates-missing", at(5, 4)));
  }

  @Test
  void judgementWaitsAsLongAsUpdatesAreMissing() {
    fixture
        .givenCommands(created(), updated(3, 3))
        .when(updated(4, 4, state("New", "Closed")))
        .expectEvents(
            moved(4, 4, "New", "Closed"), new JudgementDeferred(ITEM, "updates-missing", at(4, 4)));
  }

  @Test
  void aLateUpdateFillsTheGapAndJudgementGoesOn() {
    fixture
        .givenCommands(created(), updated(3, 3), updated(2, 2))
        .when(updated(4, 4, state("New", "Closed")))
        .expectEvents(
            moved(4, 4, "New", "Closed"),
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, at(4, 4)),
            new TransitionViolated(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.DONE,
                "agile.transition",
                AGILE_RULE,
                at(4, 4)));
  }

  @Test
  void whatWaitedIsJudgedInOrderOnceNothingIsMissing() {
    fixture
        .givenCommands(
            created(),
            updated(5, 5, state("Resolved", "Closed")),
            updated(6, 6, state("Closed", "New")))
        .when(updated(3, 3, state("New", "Closed")))
        .expectEvents(
            new LateUpdateRecorded(
                ITEM, "New", "Closed", List.of(), List.of(), List.of(), at(3, 3)),
            new JudgementDeferred(ITEM, "updates-missing", at(3, 3)));
    fixture
        .givenCommands(
            created(),
            updated(5, 5, state("Resolved", "Closed")),
            updated(6, 6, state("Closed", "New")),
            updated(3, 3, state("New", "Closed")),
            updated(2, 2))
        .when(updated(4, 4, state("Closed", "Resolved")))
        .expectEvents(
            new LateUpdateRecorded(
                ITEM, "Closed", "Resolved", List.of(), List.of(), List.of(), at(4, 4)),
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, at(3, 3)),
            new TransitionViolated(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.DONE,
                "agile.transition",
                AGILE_RULE,
                at(3, 3)),
            Samples.byProcess(
                WorkItemState.DONE,
                WorkItemState.NEW,
                "in the agile process, Done is not followed by New but by: InProgress, Testing",
                at(6, 6)),
            new TransitionViolated(
                ITEM,
                WorkItemState.DONE,
                WorkItemState.NEW,
                "agile.transition",
                "in the agile process, Done is not followed by New but by: InProgress, Testing",
                at(6, 6)));
  }

  @Test
  void whatWasJudgedWhenTheGapWasFilledIsNotJudgedAgain() {
    fixture
        .givenCommands(
            created(), updated(3, 3, state("New", "Closed")), updated(2, 2), updated(5, 5))
        .when(updated(4, 4))
        .expectEvents(
            new LateUpdateRecorded(ITEM, null, null, List.of(), List.of(), List.of(), at(4, 4)));
  }

  @Test
  void whatALaterUpdateToldOfStays() {
    var title = new FieldChange(Fields.TITLE, null, new FieldValue.Text(text("An older title")));
    var newer = new FieldChange(Fields.TITLE, null, new FieldValue.Text(text("A newer title")));
    fixture
        .givenCommands(created(), updated(3, 3, state("Active", "Resolved"), newer))
        .when(updated(2, 2, state("New", "Active"), title))
        .expectEvents(
            new LateUpdateRecorded(
                ITEM, "New", "Active", List.of(title), List.of(), List.of(), at(2, 2)));
    fixture
        .givenCommands(
            created(),
            updated(3, 3, state("Active", "Resolved"), newer),
            updated(2, 2, state("New", "Active"), title))
        .when(new RequestTransition(ITEM, WorkItemState.DONE, Samples.basis()))
        .expectEvents(
            Samples.byProcess(WorkItemState.TESTING, WorkItemState.DONE, null, null),
            new TransitionRequested(ITEM, WorkItemState.TESTING, WorkItemState.DONE));
  }

  @Test
  void whatNoLaterUpdateToldOfHoldsThoughItComesLate() {
    var title = new FieldChange(Fields.TITLE, null, new FieldValue.Text(text("A title")));
    var priority =
        new FieldChange("Microsoft.VSTS.Common.Priority", null, new FieldValue.Plain("1"));
    fixture
        .givenCommands(created(), updated(3, 3, priority))
        .when(updated(2, 2, state("New", "Active"), title, priority))
        .expectEvents(
            new LateUpdateRecorded(ITEM, null, null, List.of(), List.of(), List.of(), at(2, 2)),
            moved(2, 2, "New", "Active"),
            new Retitled(ITEM, text("A title"), at(2, 2)),
            new FieldsChanged(ITEM, List.of(priority), at(2, 2)));
    fixture
        .givenCommands(created(), updated(3, 3), updated(2, 2, state("New", "Active")))
        .when(new RequestTransition(ITEM, WorkItemState.TESTING, Samples.basis()))
        .expectEvents(
            Samples.byProcess(WorkItemState.IN_PROGRESS, WorkItemState.TESTING, null, null),
            new TransitionRequested(ITEM, WorkItemState.IN_PROGRESS, WorkItemState.TESTING));
  }

  @Test
  void aStateChangeThatHoldsThoughLateIsJudgedWhenNothingIsMissing() {
    fixture
        .givenCommands(created(), updated(3, 3))
        .when(updated(2, 2, state("New", "Closed")))
        .expectEvents(
            new LateUpdateRecorded(ITEM, null, null, List.of(), List.of(), List.of(), at(2, 2)),
            moved(2, 2, "New", "Closed"),
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, at(2, 2)),
            new TransitionViolated(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.DONE,
                "agile.transition",
                AGILE_RULE,
                at(2, 2)));
    fixture
        .givenCommands(created(), updated(4, 4), updated(3, 3, state("New", "Closed")))
        .when(updated(2, 2))
        .expectEvents(
            new LateUpdateRecorded(ITEM, null, null, List.of(), List.of(), List.of(), at(2, 2)),
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, at(3, 3)),
            new TransitionViolated(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.DONE,
                "agile.transition",
                AGILE_RULE,
                at(3, 3)));
  }

  @Test
  void whatTheFirstSightingShowedIsNotOverwrittenByAnOlderUpdate() {
    fixture
        .givenCommands(updated(5, 5, state("Active", "Resolved")), updated(6, 6))
        .when(updated(4, 4, new FieldChange(Fields.TITLE, null, new FieldValue.Text(text("Old")))))
        .expectEvents(
            new LateUpdateRecorded(
                ITEM,
                null,
                null,
                List.of(new FieldChange(Fields.TITLE, null, new FieldValue.Text(text("Old")))),
                List.of(),
                List.of(),
                at(4, 4)));
  }

  @Test
  void anUpdateFromBeforeTheFirstKnownOneIsLateAndMakesNoGap() {
    fixture
        .givenCommands(updated(18, 5), updated(10, 3))
        .when(updated(19, 6, state("Active", "Resolved")))
        .expectEvents(moved(19, 6, "Active", "Resolved"));
  }

  @Test
  void theCreationToldAfterAnUpdateIsLate() {
    fixture
        .givenCommands(updated(2, 2, state("New", "Active")))
        .when(created())
        .expectSuccessfulHandlerExecution()
        .expectEventsMatching(
            Matchers.payloadsMatching(
                Matchers.exactSequenceOf(
                    Matchers.predicate(
                        event ->
                            event instanceof LateUpdateRecorded late
                                && "New".equals(late.sourceTo())
                                && late.sourceFrom() == null
                                && late.changes().stream()
                                    .map(FieldChange::field)
                                    .toList()
                                    .containsAll(
                                        List.of(
                                            Fields.TYPE,
                                            Fields.TITLE,
                                            Fields.CREATED_BY,
                                            "System.AreaPath"))))));
  }

  @Test
  void anUpdateThatTheFirstSightingShowedAlreadyIsLate() {
    fixture
        .givenCommands(commented(4))
        .when(updated(6, 4, state("New", "Active")))
        .expectEvents(
            new LateUpdateRecorded(
                ITEM, "New", "Active", List.of(), List.of(), List.of(), at(6, 4)),
            new JudgementDeferred(ITEM, "before-first-known", at(6, 4)));
  }

  @Test
  void anUpdateAfterAFirstSightingWithoutUpdateIdIsCurrent() {
    fixture
        .givenCommands(commented(4))
        .when(updated(7, 5, state("New", "Active")))
        .expectEvents(moved(7, 5, "New", "Active"));
  }

  @Test
  void aStateNobodyMappedIsSaidAndJudgementWaits() {
    fixture
        .givenCommands(created())
        .when(updated(2, 2, state("New", "Parked")))
        .expectEvents(
            moved(2, 2, "New", "Parked"),
            new StateUnmapped(ITEM, "User Story", "Parked", Process.AGILE, at(2, 2)),
            new JudgementDeferred(ITEM, "state-not-mapped", at(2, 2)));
  }

  @Test
  void anItemRegisteredInAnUnmappedStateSaysSo() {
    fixture
        .givenNoPriorActivity()
        .when(
            new io.countersign.kernel.workitem.WorkItemCommand.RecordCreation(
                ITEM, sighting("Parked"), at(1, 1)))
        .expectEvents(
            registered("Parked", at(1, 1)),
            new StateUnmapped(ITEM, "User Story", "Parked", Process.AGILE, at(1, 1)));
  }
}
