package io.countersign.command.escalation;

import io.countersign.command.project.ProjectStates;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.project.ViolationMode;
import java.util.Optional;

/**
 * A broken rule is a matter for humans where the project's mode is more than to observe; a
 * conflict, where the project says that somebody is to be asked. All else that was detected is one.
 */
final class AsProjectsDecide implements EscalateWhen {

  private final TransitionRules rules;
  private final ProjectStates projects;

  AsProjectsDecide(TransitionRules rules, ProjectStates projects) {
    this.rules = rules;
    this.projects = projects;
  }

  @Override
  public boolean escalates(Cause cause) {
    return switch (cause.kind()) {
      case Detection.VIOLATED ->
          decided(cause).map(gates -> gates.mode() != ViolationMode.OBSERVE).orElse(false);
      case Detection.CONFLICT ->
          decided(cause).map(gates -> gates.conflicts() == ConflictPolicy.ASK).orElse(false);
      default -> true;
    };
  }

  private Optional<GateSettings> decided(Cause cause) {
    return project(cause).map(project -> projects.of(project).gates());
  }

  private Optional<ProjectId> project(Cause cause) {
    return cause.workItem() == null
        ? Optional.ofNullable(cause.project())
        : rules.known(cause.workItem()).map(TransitionRules.Known::project);
  }
}
