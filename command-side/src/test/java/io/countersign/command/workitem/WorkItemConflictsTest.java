package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.AGILE;
import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.basis;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.sighting;
import static io.countersign.command.workitem.Samples.state;
import static io.countersign.command.workitem.Samples.text;
import static io.countersign.command.workitem.Samples.updated;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SyncCommand.ConsiderWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.SyncEvent.TransitionConfirmed;
import io.countersign.kernel.workitem.SyncEvent.WriteAbandoned;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent.GapDetected;
import io.countersign.kernel.workitem.WorkItemEvent.JudgementDeferred;
import io.countersign.kernel.workitem.WorkItemEvent.StateChanged;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRefused;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemRejection.StateNotMapped;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** Both sides moved it. */
class WorkItemConflictsTest {

  private static final WorkItemState ACTIVE = WorkItemState.IN_PROGRESS;
  private static final UUID CONFLICT = idOf(2);

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(BuiltIn.GROUNDS);

  private static UUID idOf(int revision) {
    return idOf(revision, 0);
  }

  /** Of a conflict that so many others of the item came before. */
  private static UUID idOf(int revision, int before) {
    return NameBasedId.of(
        UUID.fromString("0b1de0a7-7f0d-5c55-9a4e-6d1d8f6f7c21"),
        ITEM + "/" + revision + "/InProgress/" + before);
  }

  private static Reading by(ConflictPolicy policy) {
    return new Reading(AGILE.process(), AGILE.meanings(), GateSettings.NONE.with(policy));
  }

  private static RecordUpdate theirs(int update, String from, String to, ConflictPolicy policy) {
    return new RecordUpdate(
        ITEM,
        new Update(List.of(state(from, to)), List.of(), List.of(), null),
        by(policy),
        sighting(to),
        at(update, update));
  }

  private static ResolveConflict resolve(ConflictResolution keep, boolean elseTheirs) {
    return new ResolveConflict(
        ITEM, CONFLICT, keep, Actor.principal("olga"), text("so"), elseTheirs, basis());
  }

  private TestExecutor<WorkItem> asked(Object... then) {
    return fixture
        .givenCommands(created(), new RequestTransition(ITEM, ACTIVE, basis()))
        .andGivenCommands(then);
  }

  private static ConflictDetected detected(Integer updateId, int revision) {
    return new ConflictDetected(
        ITEM,
        idOf(revision),
        WorkItemState.NEW,
        ACTIVE,
        WorkItemState.TESTING,
        "Resolved",
        at(updateId, revision));
  }

  @Test
  void theirsHoldsWhereNothingElseIsSaidAndBothSidesAreInThePair() {
    asked()
        .when(theirs(2, "New", "Resolved", ConflictPolicy.THEIRS))
        .expectEventsMatching(
            Payloads.holding(
                detected(2, 2),
                new ConflictResolved(
                    ITEM, CONFLICT, ConflictResolution.THEIRS, Meeting.POLICY, null),
                new WriteAbandoned(ITEM, ACTIVE, Meeting.THEIRS, null)));
    asked(theirs(2, "New", "Resolved", ConflictPolicy.THEIRS))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(new WriteAnswer.NotWanted("over"));
  }

  @Test
  void anOpenConflictBlocksRequestsWithWords() {
    asked(theirs(2, "New", "Resolved", ConflictPolicy.ASK))
        .when(new RequestTransition(ITEM, WorkItemState.DONE, basis()))
        .expectEvents(
            new TransitionRefused(
                ITEM,
                WorkItemState.TESTING,
                WorkItemState.DONE,
                "workitem.conflict",
                ("both sides moved it: we asked for InProgress and the source has Testing; decide"
                        + " the conflict %s first")
                    .formatted(CONFLICT)));
  }

  @Test
  void oursIsAskedForAgainFromTheirState() {
    asked(theirs(2, "New", "Resolved", ConflictPolicy.OURS))
        .when(resolve(ConflictResolution.OURS, true))
        .expectEventsMatching(
            Payloads.types(
                TransitionDecided.class, ConflictResolved.class, TransitionRequested.class));
    asked(theirs(2, "New", "Resolved", ConflictPolicy.OURS), resolve(ConflictResolution.OURS, true))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(
            new WriteAnswer.Wanted(WorkItemState.TESTING, "Resolved", null, 2, null, false));
  }

  @Test
  void oursThatIsNotAllowedFromThereGivesWay() {
    asked(theirs(2, "New", "Parked", ConflictPolicy.OURS))
        .when(resolve(ConflictResolution.OURS, true))
        .expectEventsMatching(Payloads.types(ConflictResolved.class, WriteAbandoned.class));
  }

  @Test
  void aHumanIsToldWhyOursIsNotAllowedAndTheConflictStaysOpen() {
    asked(theirs(2, "New", "Parked", ConflictPolicy.ASK))
        .when(resolve(ConflictResolution.OURS, false))
        .expectNoEvents()
        .expectResultMessagePayload(new GateAnswer.Refused(new StateNotMapped()));
  }

  @Test
  void aConflictIsDecidedOnce() {
    asked(
            theirs(2, "New", "Resolved", ConflictPolicy.ASK),
            resolve(ConflictResolution.THEIRS, false))
        .when(resolve(ConflictResolution.OURS, false))
        .expectNoEvents();
  }

  @Test
  void theirMoveToWhatWeWantedEndsAnOpenConflict() {
    asked(theirs(2, "New", "Resolved", ConflictPolicy.ASK))
        .when(theirs(3, "Resolved", "Active", ConflictPolicy.ASK))
        .expectEventsMatching(
            Payloads.types(StateChanged.class, ConflictResolved.class, TransitionConfirmed.class));
  }

  @Test
  void whatIsFoundWhenWritingIsTheSameConflictAndItsUpdateLaterNoSecondOne() {
    asked()
        .when(new RecordFound(ITEM, ACTIVE, by(ConflictPolicy.ASK), "Resolved", at(null, 2)))
        .expectEvents(detected(null, 2));
    asked(new RecordFound(ITEM, ACTIVE, by(ConflictPolicy.THEIRS), "Resolved", at(null, 2)))
        .when(theirs(2, "New", "Resolved", ConflictPolicy.THEIRS))
        .expectEventsMatching(Payloads.without(ConflictDetected.class));
  }

  /** Nothing told of the source's change yet, so that asking again meets it again. */
  @Test
  void whoAsksAgainAndMeetsTheSameChangeHasAnotherConflict() {
    var found = new RecordFound(ITEM, ACTIVE, by(ConflictPolicy.THEIRS), "Resolved", at(null, 2));
    asked(found, new RequestTransition(ITEM, ACTIVE, basis()))
        .when(found)
        .expectEventsMatching(
            Payloads.holding(
                new ConflictDetected(
                    ITEM,
                    idOf(2, 1),
                    WorkItemState.NEW,
                    ACTIVE,
                    WorkItemState.TESTING,
                    "Resolved",
                    at(null, 2))));
  }

  /** Else it would be asked for from a state that the source has not, and meet the same again. */
  @Test
  void oursIsAskedForFromWhatWasFoundThoughOnlyALaterUpdateWasTold() {
    asked(
            updated(3, 3),
            new RecordFound(ITEM, ACTIVE, by(ConflictPolicy.OURS), "Resolved", at(null, 3)),
            new ResolveConflict(
                ITEM,
                idOf(3),
                ConflictResolution.OURS,
                Actor.principal("olga"),
                text("so"),
                true,
                basis()))
        .when(new ConsiderWrite(ITEM, ACTIVE))
        .expectResultMessagePayload(
            new WriteAnswer.Wanted(WorkItemState.TESTING, "New", null, 3, null, false));
  }

  /** Who asked again knew it. */
  @Test
  void whatWasFoundBeforeItWasAskedForAgainIsNoConflict() {
    asked(
            theirs(3, "Active", "Resolved", ConflictPolicy.THEIRS),
            new RequestTransition(ITEM, ACTIVE, basis()))
        .when(new RecordFound(ITEM, ACTIVE, by(ConflictPolicy.THEIRS), "Resolved", at(null, 2)))
        .expectNoEvents();
  }

  @Test
  void withUpdatesMissingNothingIsAConflictYet() {
    asked()
        .when(theirs(3, "Active", "Resolved", ConflictPolicy.THEIRS))
        .expectEventsMatching(
            Payloads.types(GapDetected.class, StateChanged.class, JudgementDeferred.class));
  }
}
