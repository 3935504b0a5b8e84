package io.countersign.golden;

import static io.countersign.golden.Fabrikam.ADA;
import static io.countersign.golden.Fabrikam.BOB;
import static io.countersign.golden.Fabrikam.WORKER;
import static io.countersign.golden.Fabrikam.agile;
import static io.countersign.golden.Fabrikam.at;
import static io.countersign.golden.Fabrikam.basis;
import static io.countersign.golden.Fabrikam.item;
import static io.countersign.golden.Fabrikam.reading;
import static io.countersign.golden.Fabrikam.sighting;
import static io.countersign.golden.Fabrikam.text;
import static io.countersign.kernel.workitem.WorkItemState.IN_PROGRESS;
import static io.countersign.kernel.workitem.WorkItemState.TESTING;

import io.countersign.kernel.Actor;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the source tells of work items, what we ask of it, and both at once. */
final class WorkItemScript {

  private final Told told;

  WorkItemScript(Told told) {
    this.told = told;
  }

  void play() {
    aLifeWithAllItsUpdates(item(4711));
    transitionsWeAskFor(item(4712));
    whatThePolicyForbids(item(4713));
    aConflict(item(4714));
    whatIsToBeMovedBack(item(4715));
  }

  private void aLifeWithAllItsUpdates(WorkItemId item) {
    create(item, "New", agile());
    told.source(
        new RecordUpdate(
            item,
            new Update(
                List.of(
                    state("New", "Active"),
                    new FieldChange(
                        Fields.TITLE,
                        new FieldValue.Text(text(item.keyOwner(), "Let people sign in")),
                        new FieldValue.Text(text(item.keyOwner(), "Let people sign in again"))),
                    new FieldChange(Fields.ASSIGNED_TO, null, new FieldValue.Person(BOB)),
                    new FieldChange(
                        "Microsoft.VSTS.Scheduling.StoryPoints", null, new FieldValue.Plain("3")),
                    new FieldChange(
                        "System.Description",
                        null,
                        new FieldValue.Text(text(item.keyOwner(), "With a key, too")))),
                List.of(
                    new Link("System.LinkTypes.Hierarchy-Reverse", "workitem:fabrikam:4700", null),
                    new Link(
                        "ArtifactLink",
                        "pullrequest:fabrikam:278d5cd2/17",
                        text(item.keyOwner(), "https://example.com/17"))),
                List.of(),
                text(item.keyOwner(), "I take it")),
            agile(),
            sighting(item, "Active", agile()),
            at(2, 2)));
    told.source(
        new RecordComment(
            item,
            text(item.keyOwner(), "Mind the gap"),
            sighting(item, "Active", agile()),
            at(null, 3)));
    move(item, 3, "Active", "Parked", agile());
    move(item, 6, "Parked", "Active", agile());
    told.source(
        new RecordUpdate(
            item,
            new Update(
                List.of(
                    new FieldChange(
                        "System.AreaPath",
                        new FieldValue.Plain("Fabrikam"),
                        new FieldValue.Plain("Fabrikam\\Web")),
                    new FieldChange(
                        Fields.ASSIGNED_TO,
                        new FieldValue.Person(BOB),
                        new FieldValue.Person(ADA))),
                List.of(),
                List.of(
                    new Link("System.LinkTypes.Hierarchy-Reverse", "workitem:fabrikam:4700", null)),
                null),
            agile(),
            null,
            at(4, 4)));
    told.source(new RecordDeletion(item, sighting(item, "Active", agile()), at(null, 7)));
    told.source(new RecordRestoration(item, sighting(item, "Active", agile()), at(null, 8)));
  }

  private void transitionsWeAskFor(WorkItemId item) {
    create(item, "New", agile());
    request(item, IN_PROGRESS);
    told.person(new RecordWritten(item, IN_PROGRESS, "Active", 2));
    move(item, 2, "New", "Active", agile());
    request(item, TESTING);
    told.person(
        new RecordWriteRefused(item, TESTING, "rule-broken", text(item.keyOwner(), "not so")));
    request(item, TESTING);
    told.person(new AbandonWrite(item, TESTING, "dropped", text(item.keyOwner(), "not needed")));
    told.refused(new RequestTransition(item, WorkItemState.PRODUCTION, basis(agile(), WORKER)));
  }

  private void whatThePolicyForbids(WorkItemId item) {
    create(item, "New", agile());
    move(item, 2, "New", "Closed", agile());
  }

  private void aConflict(WorkItemId item) {
    create(item, "New", agile());
    request(item, IN_PROGRESS);
    move(item, 2, "New", "Resolved", agile());
    told.person(
        new ResolveConflict(
            item,
            conflictOf(item),
            ConflictResolution.THEIRS,
            Actor.principal("olga"),
            text(item.keyOwner(), "they were first"),
            false,
            basis(agile(), WORKER)));
  }

  private void whatIsToBeMovedBack(WorkItemId item) {
    Reading enforced = reading(Process.CMMI, ViolationMode.ENFORCE, ConflictPolicy.THEIRS);
    create(item, "New", enforced);
    move(item, 2, "New", "Ready", enforced);
  }

  private UUID conflictOf(WorkItemId item) {
    return told.node()
        .store()
        .readEvents(item.toString())
        .asStream()
        .map(message -> (Object) message.getPayload())
        .filter(ConflictDetected.class::isInstance)
        .map(event -> ((ConflictDetected) event).conflict())
        .findFirst()
        .orElseThrow();
  }

  private void create(WorkItemId item, String state, Reading reading) {
    told.source(new RecordCreation(item, sighting(item, state, reading), at(1, 1)));
  }

  private void request(WorkItemId item, WorkItemState to) {
    told.person(new RequestTransition(item, to, basis(agile(), WORKER)));
  }

  private void move(WorkItemId item, int update, String from, String to, Reading reading) {
    told.source(
        new RecordUpdate(
            item,
            new Update(List.of(state(from, to)), List.of(), List.of(), null),
            reading,
            sighting(item, to, reading),
            at(update, update)));
  }

  private static FieldChange state(@Nullable String from, String to) {
    return new FieldChange(
        Fields.STATE, from == null ? null : new FieldValue.Plain(from), new FieldValue.Plain(to));
  }
}
