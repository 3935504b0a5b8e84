package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ALICE;
import static io.countersign.command.workitem.Samples.BOB;
import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.commented;
import static io.countersign.command.workitem.Samples.created;
import static io.countersign.command.workitem.Samples.moved;
import static io.countersign.command.workitem.Samples.registered;
import static io.countersign.command.workitem.Samples.sighting;
import static io.countersign.command.workitem.Samples.state;
import static io.countersign.command.workitem.Samples.text;
import static io.countersign.command.workitem.Samples.update;
import static io.countersign.command.workitem.Samples.updated;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent.AssignmentChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Commented;
import io.countersign.kernel.workitem.WorkItemEvent.Deleted;
import io.countersign.kernel.workitem.WorkItemEvent.FieldsChanged;
import io.countersign.kernel.workitem.WorkItemEvent.LinksChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Restored;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class WorkItemTest {

  private static final String AGILE_RULE =
      "in the agile process, New is not followed by Done but by: Ready, InProgress, Removed";

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(BuiltIn.GROUNDS);

  @Test
  void creationRegisters() {
    fixture
        .givenNoPriorActivity()
        .when(created())
        .expectResultMessagePayload(Recorded.NEW)
        .expectEvents(registered("New", at(1, 1)));
  }

  @Test
  void creationToldTwiceRegistersOnce() {
    fixture
        .givenCommands(created())
        .when(created())
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
  }

  @Test
  void updateOneOfAnItemKnownByItsCreationIsKnown() {
    fixture
        .givenCommands(created())
        .when(updated(1, 1, state("New", "Active")))
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
  }

  @Test
  void anUpdateSeenFirstRegistersInTheStateBeforeAndTellsTheChange() {
    fixture
        .givenNoPriorActivity()
        .when(updated(18, 5, state("New", "Active")))
        .expectEvents(registered("New", at(18, 5)), moved(18, 5, "New", "Active"));
  }

  @Test
  void anUpdateSeenFirstThatBreaksARuleIsJudged() {
    fixture
        .givenNoPriorActivity()
        .when(updated(18, 5, state("New", "Closed")))
        .expectEvents(
            registered("New", at(18, 5)),
            moved(18, 5, "New", "Closed"),
            Samples.byProcess(WorkItemState.NEW, WorkItemState.DONE, AGILE_RULE, at(18, 5)),
            new TransitionViolated(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.DONE,
                "agile.transition",
                AGILE_RULE,
                at(18, 5)));
  }

  @Test
  void anUpdateSeenFirstWithoutASightingIsRejected() {
    fixture
        .givenNoPriorActivity()
        .when(
            new RecordUpdate(
                ITEM,
                new Update(List.of(), List.of(), List.of(), null),
                Samples.AGILE,
                null,
                at(18, 5)))
        .expectException(CommandExecutionException.class)
        .expectExceptionDetails(new WorkItemRejection.NotEnoughToRegister())
        .expectNoEvents();
  }

  @Test
  void aCommentSeenFirstRegistersWithoutAnUpdateId() {
    fixture
        .givenNoPriorActivity()
        .when(commented(4))
        .expectEvents(
            registered("New", at(null, 4)), new Commented(ITEM, text("I agree"), at(null, 4)));
  }

  @Test
  void aDeletionSeenFirstRegistersAndDeletes() {
    fixture
        .givenNoPriorActivity()
        .when(new RecordDeletion(ITEM, sighting("New"), at(null, 2)))
        .expectEvents(registered("New", at(null, 2)), new Deleted(ITEM, at(null, 2)));
  }

  @Test
  void aRestorationSeenFirstRegistersAndRestores() {
    fixture
        .givenNoPriorActivity()
        .when(new RecordRestoration(ITEM, sighting("New"), at(null, 3)))
        .expectEvents(registered("New", at(null, 3)), new Restored(ITEM, at(null, 3)));
  }

  @Test
  void oneUpdateTellsAllThatItChanged() {
    var points =
        new FieldChange("Microsoft.VSTS.Scheduling.StoryPoints", null, new FieldValue.Plain("3"));
    var parent = new Link("System.LinkTypes.Hierarchy-Reverse", "urn:workitem:160", null);
    fixture
        .givenCommands(created())
        .when(
            update(
                2,
                2,
                new Update(
                    List.of(
                        state("New", "Active"),
                        new FieldChange(
                            Fields.TITLE,
                            new FieldValue.Text(text("Sign in")),
                            new FieldValue.Text(text("Sign in again"))),
                        new FieldChange(Fields.ASSIGNED_TO, null, new FieldValue.Person(BOB)),
                        points),
                    List.of(parent),
                    List.of(),
                    text("I agree"))))
        .expectResultMessagePayload(Recorded.NEW)
        .expectEvents(
            moved(2, 2, "New", "Active"),
            new Retitled(ITEM, text("Sign in again"), at(2, 2)),
            new AssignmentChanged(ITEM, null, BOB, at(2, 2)),
            new FieldsChanged(ITEM, List.of(points), at(2, 2)),
            new LinksChanged(ITEM, List.of(parent), List.of(), at(2, 2)),
            new Commented(ITEM, text("I agree"), at(2, 2)));
  }

  @Test
  void unassigningLeavesNobody() {
    fixture
        .givenCommands(created())
        .when(
            updated(2, 2, new FieldChange(Fields.ASSIGNED_TO, new FieldValue.Person(ALICE), null)))
        .expectEvents(new AssignmentChanged(ITEM, ALICE, null, at(2, 2)));
  }

  @Test
  void aLinkAddedWithoutANewRevisionIsAnUpdateOfItsOwn() {
    var child = new Link("System.LinkTypes.Hierarchy-Forward", "urn:workitem:184", null);
    fixture
        .givenCommands(created())
        .when(update(2, 1, new Update(List.of(), List.of(child), List.of(), null)))
        .expectEvents(new LinksChanged(ITEM, List.of(child), List.of(), at(2, 1)));
  }

  @Test
  void anUpdateWithBookkeepingOnlyIsKnownAfterwardsAndLeavesNoGap() {
    fixture
        .givenCommands(created(), updated(2, 2))
        .when(updated(3, 3, state("New", "Active")))
        .expectEvents(moved(3, 3, "New", "Active"));
  }

  @Test
  void anUpdateToldTwiceIsRecordedOnce() {
    fixture
        .givenCommands(created(), updated(2, 2, state("New", "Active")))
        .when(updated(2, 2, state("New", "Active")))
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
  }

  @Test
  void aCommentToldByUpdateAndByCommentIsRecordedOnce() {
    fixture
        .givenCommands(
            created(), update(2, 2, new Update(List.of(), List.of(), List.of(), text("I agree"))))
        .when(commented(2))
        .expectNoEvents();
  }

  @Test
  void aCommentToldByCommentAndThenByUpdateIsRecordedOnceAndTheUpdateIsKnown() {
    fixture
        .givenCommands(
            created(),
            commented(2),
            update(2, 2, new Update(List.of(), List.of(), List.of(), text("I agree"))))
        .when(updated(3, 3, state("New", "Active")))
        .expectEvents(moved(3, 3, "New", "Active"));
    fixture
        .givenCommands(created(), commented(2))
        .when(update(2, 2, new Update(List.of(), List.of(), List.of(), text("I agree"))))
        .expectEvents(new FieldsChanged(ITEM, List.of(), at(2, 2)));
  }

  @Test
  void deletionAndRestorationHappenOnce() {
    var deletion = new RecordDeletion(ITEM, sighting("New"), at(null, 2));
    var restoration = new RecordRestoration(ITEM, sighting("New"), at(null, 3));
    fixture.givenCommands(created(), deletion).when(deletion).expectNoEvents();
    fixture
        .givenCommands(created(), deletion)
        .when(restoration)
        .expectEvents(new Restored(ITEM, at(null, 3)));
    fixture.givenCommands(created(), deletion, restoration).when(restoration).expectNoEvents();
    fixture.givenCommands(created(), deletion, restoration).when(deletion).expectNoEvents();
  }

  @Test
  void aDeletionThatComesAfterItsRestorationDeletesNothing() {
    var deletion = new RecordDeletion(ITEM, sighting("New"), at(null, 2));
    var restoration = new RecordRestoration(ITEM, sighting("New"), at(null, 3));
    fixture
        .givenCommands(created())
        .when(restoration)
        .expectEvents(new Restored(ITEM, at(null, 3)));
    fixture.givenCommands(created(), restoration).when(restoration).expectNoEvents();
    fixture.givenCommands(created(), restoration).when(deletion).expectNoEvents();
  }

  @Test
  void aRestorationThatComesAfterTheNextDeletionRestoresNothing() {
    var deletion = new RecordDeletion(ITEM, sighting("New"), at(null, 2));
    var restoration = new RecordRestoration(ITEM, sighting("New"), at(null, 3));
    var again = new RecordDeletion(ITEM, sighting("New"), at(null, 4));
    fixture
        .givenCommands(created(), deletion)
        .when(again)
        .expectEvents(new Deleted(ITEM, at(null, 4)));
    fixture.givenCommands(created(), deletion, again).when(restoration).expectNoEvents();
  }
}
