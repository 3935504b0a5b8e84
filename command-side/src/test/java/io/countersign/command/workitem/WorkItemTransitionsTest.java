package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.sighting;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRefused;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class WorkItemTransitionsTest {

  private static final String AGILE_RULE =
      "in the agile process, New is not followed by Done but by: Ready, InProgress, Removed";

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(BuiltIn.GROUNDS);

  @Test
  void aTransitionThatTheProcessHasIsRequested() {
    fixture
        .givenCommands(created())
        .when(new RequestTransition(ITEM, WorkItemState.IN_PROGRESS, Samples.basis()))
        .expectResultMessagePayload(
            new TransitionAnswer.Requested(WorkItemState.NEW, WorkItemState.IN_PROGRESS))
        .expectEvents(
            Samples.byProcess(WorkItemState.NEW, WorkItemState.IN_PROGRESS, null, null),
            new TransitionRequested(ITEM, WorkItemState.NEW, WorkItemState.IN_PROGRESS));
  }

  @Test
  void aTransitionThatTheProcessHasNotIsRefusedAndTheRefusalIsKept() {
    fixture
        .givenCommands(created())
        .when(new RequestTransition(ITEM, WorkItemState.DONE, Samples.basis()))
        .expectResultMessagePayload(
            new TransitionAnswer.Refused(new RuleForbids("agile.transition", AGILE_RULE)))
        .expectEvents(
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, null),
            new TransitionRefused(
                ITEM, WorkItemState.NEW, WorkItemState.DONE, "agile.transition", AGILE_RULE));
  }

  @Test
  void aDeletedItemIsNotMoved() {
    fixture
        .givenCommands(created(), new RecordDeletion(ITEM, sighting("New"), at(null, 2)))
        .when(new RequestTransition(ITEM, WorkItemState.IN_PROGRESS, Samples.basis()))
        .expectEvents(
            new TransitionRefused(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.IN_PROGRESS,
                "workitem.deleted",
                "the work item is in the recycle bin"));
  }

  @Test
  void aTransitionToTheStateItIsInIsRefused() {
    fixture
        .givenCommands(created())
        .when(new RequestTransition(ITEM, WorkItemState.NEW, Samples.basis()))
        .expectEvents(
            new TransitionRefused(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.NEW,
                "workitem.already-there",
                "the work item is New already"));
  }

  @Test
  void noTransitionIsGrantedFromAStateNobodyMapped() {
    fixture
        .givenCommands(
            new RecordUpdate(
                ITEM,
                new Update(List.of(), List.of(), List.of(), null),
                new Reading(Process.AGILE, Map.of()),
                sighting("Parked"),
                at(2, 2)))
        .when(new RequestTransition(ITEM, WorkItemState.DONE, Samples.basis()))
        .expectResultMessagePayload(
            new TransitionAnswer.Refused(new WorkItemRejection.StateNotMapped()))
        .expectNoEvents();
  }

  @Test
  void aTransitionOfAnUnknownItemFails() {
    fixture
        .givenNoPriorActivity()
        .when(new RequestTransition(ITEM, WorkItemState.DONE, Samples.basis()))
        .expectException(AggregateNotFoundException.class)
        .expectNoEvents();
  }
}
