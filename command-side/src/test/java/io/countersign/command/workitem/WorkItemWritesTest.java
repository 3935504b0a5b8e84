package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.basis;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.moved;
import static io.countersign.command.workitem.Samples.state;
import static io.countersign.command.workitem.Samples.text;
import static io.countersign.command.workitem.Samples.updated;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.SyncCommand.ConsiderWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.SyncEvent.TransitionConfirmed;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.SyncEvent.WriteAbandoned;
import io.countersign.kernel.workitem.SyncEvent.WriteRefused;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** What becomes of a transition that we asked for. */
class WorkItemWritesTest {

  private static final WorkItemState ACTIVE = WorkItemState.IN_PROGRESS;
  private static final RequestTransition ASKED = new RequestTransition(ITEM, ACTIVE, basis());
  private static final RecordWritten WRITTEN = new RecordWritten(ITEM, ACTIVE, "Active", 2);

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(BuiltIn.GROUNDS);

  private TestExecutor<WorkItem> asked(Object... then) {
    return fixture.givenCommands(created(), ASKED).andGivenCommands(then);
  }

  @Test
  void whatWasAskedForIsToBeWritten() {
    asked()
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectNoEvents()
        .expectResultMessagePayload(
            new WriteAnswer.Wanted(WorkItemState.NEW, "New", null, 1, null, false));
  }

  @Test
  void aNewerRequestReplacesAnOlderOne() {
    asked(new RequestTransition(ITEM, WorkItemState.REMOVED, basis()))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("replaced"));
  }

  @Test
  void whatWasWrittenIsRecordedOnceAndNotWrittenAgain() {
    asked().when(WRITTEN).expectEvents(new TransitionWritten(ITEM, ACTIVE, "Active", 2));
    asked(WRITTEN).when(WRITTEN).expectNoEvents();
    asked(WRITTEN)
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("written"));
  }

  @Test
  void theEchoOfAWriteConfirmsItAndIsJudgedByNobody() {
    asked(WRITTEN)
        .when(updated(2, 2, state("New", "Active")))
        .expectEvents(
            moved(2, 2, "New", "Active"), new TransitionConfirmed(ITEM, ACTIVE, at(2, 2)));
  }

  @Test
  void anEchoThatOvertakesItsRecordConfirmsToo() {
    asked(updated(2, 2, state("New", "Active")))
        .when(WRITTEN)
        .expectEvents(new TransitionWritten(ITEM, ACTIVE, "Active", 2));
    asked(updated(2, 2, state("New", "Active")))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("over"));
  }

  @Test
  void anEchoThatComesLateConfirms() {
    asked(WRITTEN, updated(3, 3, state("Active", "Resolved")))
        .when(updated(2, 2, state("New", "Active")))
        .expectEventsMatching(Payloads.holding(new TransitionConfirmed(ITEM, ACTIVE, at(2, 2))));
  }

  /** Whoever asked again knew that it was moved back, and wants it moved once more. */
  @Test
  void anOlderWriteIsNotWhatIsAskedForNow() {
    var again = new WriteAnswer.Wanted(WorkItemState.NEW, "New", null, 3, null, false);
    asked(updated(3, 3, state("Active", "New")), ASKED, WRITTEN)
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(again);
    asked(
            WRITTEN,
            updated(3, 3, state("Active", "New")),
            ASKED,
            updated(2, 2, state("New", "Active")))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(again);
  }

  @Test
  void whoMovesItOnAfterOurWriteMakesNoConflict() {
    asked(WRITTEN, updated(2, 2, state("New", "Active")))
        .when(updated(3, 3, state("Active", "Resolved")))
        .expectEvents(moved(3, 3, "Active", "Resolved"));
  }

  @Test
  void whatTheSourceRefusedIsOver() {
    var refusal = new RecordWriteRefused(ITEM, ACTIVE, "rule-broken", text("no"));
    asked().when(refusal).expectEvents(new WriteRefused(ITEM, ACTIVE, "rule-broken", text("no")));
    asked(refusal).when(refusal).expectNoEvents();
    asked(refusal)
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("over"));
  }

  @Test
  void whatWasGivenUpIsOverAndWhatWasWrittenIsNotGivenUp() {
    var drop = new AbandonWrite(ITEM, ACTIVE, "dropped", text("not needed"));
    asked()
        .when(drop)
        .expectEvents(new WriteAbandoned(ITEM, ACTIVE, "dropped", text("not needed")));
    asked(WRITTEN).when(drop).expectNoEvents();
  }

  @Test
  void whatIsThereAlreadyIsConfirmedWithoutAWrite() {
    asked()
        .when(new RecordFound(ITEM, ACTIVE, Samples.AGILE, "Active", at(null, 2)))
        .expectEvents(new TransitionConfirmed(ITEM, ACTIVE, at(null, 2)));
    asked(new RecordFound(ITEM, ACTIVE, Samples.AGILE, "Active", at(null, 2)))
        .when(updated(2, 2, state("New", "Active")))
        .expectEvents(moved(2, 2, "New", "Active"));
  }

  @Test
  void nothingIsWrittenToWhatLiesInTheBin() {
    asked(new RecordDeletion(ITEM, Samples.sighting("New"), at(null, 2)))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("deleted"));
  }
}
