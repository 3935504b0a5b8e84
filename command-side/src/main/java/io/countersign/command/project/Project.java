package io.countersign.command.project;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.project.ProjectCommand.AttachPolicy;
import io.countersign.kernel.project.ProjectCommand.ChooseConflictPolicy;
import io.countersign.kernel.project.ProjectCommand.ChooseProcess;
import io.countersign.kernel.project.ProjectCommand.ChooseViolationMode;
import io.countersign.kernel.project.ProjectCommand.MapState;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.project.ProjectEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A project of the source, registered by the first delivery that shows it. */
@AggregateRoot(type = "project")
@Revision("2")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class Project {

  @AggregateIdentifier private @Nullable String id;
  private ProjectSettings settings = ProjectSettings.UNKNOWN;

  /** For Axon and Jackson. */
  Project() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RegisterProject command) {
    String name = command.name();
    if (!settings.registered()) {
      return record(new ProjectEvent.Registered(command.project(), name, command.assumed()));
    }
    if (name != null && !name.equals(settings.name())) {
      return record(new ProjectEvent.Renamed(command.project(), name));
    }
    return Recorded.KNOWN;
  }

  @CommandHandler
  Recorded handle(ChooseProcess command) {
    return command.process() == settings.chosen()
        ? Recorded.KNOWN
        : record(new ProjectEvent.ProcessChosen(command.project(), command.process()));
  }

  @CommandHandler
  Recorded handle(MapState command) {
    return command.state() == settings.mappedState(command.workItemType(), command.sourceState())
        ? Recorded.KNOWN
        : record(
            new ProjectEvent.StateMapped(
                command.project(), command.workItemType(), command.sourceState(), command.state()));
  }

  @CommandHandler
  Recorded handle(AttachPolicy command) {
    return settings.gates().has(command)
        ? Recorded.KNOWN
        : record(
            new ProjectEvent.PolicyAttached(
                command.project(), command.environment(), command.policy(), command.from()));
  }

  @CommandHandler
  Recorded handle(ChooseViolationMode command) {
    return command.mode() == settings.gates().mode()
        ? Recorded.KNOWN
        : record(new ProjectEvent.ViolationModeChosen(command.project(), command.mode()));
  }

  @CommandHandler
  Recorded handle(ChooseConflictPolicy command) {
    return command.policy() == settings.gates().conflicts()
        ? Recorded.KNOWN
        : record(new ProjectEvent.ConflictPolicyChosen(command.project(), command.policy()));
  }

  private static Recorded record(ProjectEvent event) {
    AggregateLifecycle.apply(event);
    return Recorded.NEW;
  }

  @EventSourcingHandler
  void evolve(ProjectEvent event) {
    id = event.project().toString();
    settings = settings.evolve(event);
  }
}
