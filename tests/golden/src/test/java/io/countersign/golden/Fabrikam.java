package io.countersign.golden;

import io.countersign.command.policy.PolicyBook;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.Sighting;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The organization, the project and the people of the script. */
final class Fabrikam {

  static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  static final ProjectId PROJECT =
      new ProjectId(ORGANIZATION, "be9b3917-87e6-42a4-a549-2bc06a7a878f");
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Instant LATER = Instant.parse("2126-01-01T00:00:00Z");
  static final Person ADA = person(1, "Ada");
  static final Person BOB = person(2, "Bob");

  static final Decider WORKER = decider("wanda", 11, "approver");
  static final Decider TEAM_LEAD = decider("tess", 12, "team_lead");
  static final Decider TECHNICAL_LEAD = decider("theo", 13, "technical_lead");
  static final Decider OTHER_TECHNICAL_LEAD = decider("tom", 15, "technical_lead");
  static final Decider RELEASE_MANAGER = decider("rene", 14, "release_manager");

  private Fabrikam() {}

  static Person person(int number, String name) {
    var id = new SubjectId(new UUID(0x4000, number));
    return new Person(id, SealedText.of(id.keyOwner(), Purpose.IDENTITY, name));
  }

  static SealedText text(KeyOwner owner, String clear) {
    return SealedText.of(owner, Purpose.CONTENT, clear);
  }

  static WorkItemId item(int number) {
    return new WorkItemId(ORGANIZATION, number);
  }

  static SourceChange at(@Nullable Integer updateId, int revision) {
    return new SourceChange(updateId, revision, NOON.plusSeconds(revision), ADA);
  }

  /** States called as in Agile, or as here for a project of CMMI with its policy attached. */
  static Reading reading(Process process, ViolationMode mode, ConflictPolicy conflicts) {
    return process == Process.CMMI
        ? new Reading(
            process,
            Arrays.stream(WorkItemState.values())
                .collect(Collectors.toMap(WorkItemState::word, state -> state)),
            new GateSettings(
                List.of(new GateSettings.Attached(null, cmmi(), Instant.EPOCH)), mode, conflicts))
        : new Reading(
            process,
            Map.of(
                "New", WorkItemState.NEW,
                "Active", WorkItemState.IN_PROGRESS,
                "Resolved", WorkItemState.TESTING,
                "Closed", WorkItemState.DONE),
            GateSettings.NONE.with(mode).with(conflicts));
  }

  static Reading agile() {
    return reading(Process.AGILE, ViolationMode.OBSERVE, ConflictPolicy.ASK);
  }

  static Sighting sighting(WorkItemId item, String state, Reading reading) {
    return new Sighting(
        PROJECT,
        "User Story",
        state,
        reading,
        text(item.keyOwner(), "Let people sign in"),
        ADA,
        null,
        Map.of("System.AreaPath", new FieldValue.Plain("Fabrikam")),
        List.of());
  }

  /** What decisions of this person stand on in a project with that reading. */
  static Basis basis(Reading reading, Decider by) {
    return new Basis(reading.process(), reading.gates(), NOON, by);
  }

  static PolicyReference cmmi() {
    return PolicyBook.builtIn()
        .filter(policy -> policy.id().equals("cmmi"))
        .findFirst()
        .orElseThrow();
  }

  private static Decider decider(String principal, int person, String role) {
    return new Decider(principal, new SubjectId(new UUID(0x4000, person)), List.of(role));
  }
}
