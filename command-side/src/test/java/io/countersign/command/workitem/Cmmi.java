package io.countersign.command.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A project with the policy that comes for CMMI, and its people. */
final class Cmmi {

  static final Person WANDA = person(11);
  static final Person TESS = person(12);
  static final Person THEO = person(13);
  static final Person RENE = person(14);

  static final Decider WORKER = Samples.decider("wanda", WANDA, "approver");
  static final Decider TEAM_LEAD = Samples.decider("tess", TESS, "team_lead");
  static final Decider TECHNICAL_LEAD = Samples.decider("theo", THEO, "technical_lead");
  static final Decider RELEASE_MANAGER = Samples.decider("rene", RENE, "release_manager");

  /** Wanda wrote the linked code. */
  static final Grounds GROUNDS =
      BuiltIn.with(new Work(List.of(WANDA.id()), List.of(), List.of(), Map.of()));

  private Cmmi() {}

  static Person person(int number) {
    return new Person(new SubjectId(new UUID(0, number)), null);
  }

  static GateSettings gates(ViolationMode mode) {
    return new GateSettings(
        List.of(new GateSettings.Attached(null, BuiltIn.reference(Process.CMMI), Instant.EPOCH)),
        mode,
        ConflictPolicy.THEIRS);
  }

  /** The states of the source are called as ours. */
  static Reading reading(ViolationMode mode) {
    return new Reading(
        Process.CMMI,
        Arrays.stream(WorkItemState.values())
            .collect(Collectors.toMap(WorkItemState::word, state -> state)),
        gates(mode));
  }

  static Basis by(Decider decider) {
    return at(Samples.NOON, decider);
  }

  static Basis at(Instant moment, Decider decider) {
    return new Basis(Process.CMMI, gates(ViolationMode.OBSERVE), moment, decider);
  }
}
