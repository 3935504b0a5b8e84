package io.countersign.command.workitem;

import io.countersign.command.project.Transitions;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Decision;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.Missing;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.Sighting;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user story of the Agile process and what may happen to it. */
final class Samples {

  static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  static final WorkItemId ITEM = new WorkItemId(ORGANIZATION, 4711);
  static final ProjectId PROJECT =
      new ProjectId(ORGANIZATION, "be9b3917-87e6-42a4-a549-2bc06a7a878f");
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Person ALICE = new Person(new SubjectId(new UUID(0, 1)), null);
  static final Person BOB = new Person(new SubjectId(new UUID(0, 2)), null);
  static final Reading AGILE =
      new Reading(
          Process.AGILE,
          Map.of(
              "New", WorkItemState.NEW,
              "Active", WorkItemState.IN_PROGRESS,
              "Resolved", WorkItemState.TESTING,
              "Closed", WorkItemState.DONE));

  private Samples() {}

  static SealedText text(String clear) {
    return SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, clear);
  }

  static SourceChange at(@Nullable Integer updateId, int revision) {
    return new SourceChange(updateId, revision, NOON.plusSeconds(revision), ALICE);
  }

  static Sighting sighting(String state) {
    return new Sighting(
        PROJECT,
        "User Story",
        state,
        AGILE,
        text("Sign in"),
        ALICE,
        null,
        Map.of("System.AreaPath", new FieldValue.Plain("Fabrikam")),
        List.of());
  }

  static RecordCreation created() {
    return new RecordCreation(ITEM, sighting("New"), at(1, 1));
  }

  static WorkItemEvent.Registered registered(String state, SourceChange change) {
    Sighting seen = sighting(state);
    return new WorkItemEvent.Registered(
        ITEM,
        PROJECT,
        seen.type(),
        AGILE.of(state),
        state,
        Process.AGILE,
        seen.title(),
        ALICE,
        null,
        seen.fields(),
        List.of(),
        change);
  }

  static FieldChange state(String from, String to) {
    return new FieldChange(Fields.STATE, new FieldValue.Plain(from), new FieldValue.Plain(to));
  }

  static RecordUpdate updated(int updateId, int revision, FieldChange... changes) {
    return update(updateId, revision, new Update(List.of(changes), List.of(), List.of(), null));
  }

  static RecordUpdate update(int updateId, int revision, Update update) {
    return new RecordUpdate(ITEM, update, AGILE, sighting("Active"), at(updateId, revision));
  }

  static RecordComment commented(int revision) {
    return new RecordComment(ITEM, text("I agree"), sighting("New"), at(null, revision));
  }

  static WorkItemEvent.StateChanged moved(int updateId, int revision, String from, String to) {
    return new WorkItemEvent.StateChanged(
        ITEM, AGILE.of(from), AGILE.of(to), from, to, at(updateId, revision));
  }

  /** What decisions stand on where no policy is attached. */
  static Basis basis() {
    return new Basis(Process.AGILE, GateSettings.NONE, NOON, decider("olga", null, "operator"));
  }

  static Decider decider(String principal, @Nullable Person person, String... roles) {
    return new Decider(principal, person == null ? null : person.id(), List.of(roles));
  }

  /** The decision of the process, recorded with a request or a violation. */
  static TransitionDecided byProcess(
      WorkItemState from,
      WorkItemState to,
      @Nullable String broken,
      @Nullable SourceChange change) {
    return new TransitionDecided(
        ITEM,
        from,
        to,
        new Decision(
            Transitions.reference(Process.AGILE),
            broken == null,
            broken == null
                ? List.of()
                : List.of(new Missing("transition", "agile.transition", broken)),
            "{\"from\":\"%s\",\"process\":\"agile\",\"to\":\"%s\"}"
                .formatted(from.word(), to.word())),
        null,
        change);
  }
}
