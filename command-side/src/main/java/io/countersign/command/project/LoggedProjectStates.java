package io.countersign.command.project;

import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads a project's decisions from its own events: what was decided holds at once. */
public final class LoggedProjectStates implements ProjectStates {

  private final EventStore events;

  /** On the event store. */
  public LoggedProjectStates(EventStore events) {
    this.events = events;
  }

  @Override
  public ProjectSettings of(ProjectId project) {
    ProjectSettings settings = ProjectSettings.UNKNOWN;
    var stream = events.readEvents(project.toString(), 0);
    while (stream.hasNext()) {
      if (stream.next().getPayload() instanceof ProjectEvent event) {
        settings = settings.evolve(event);
      }
    }
    return settings;
  }
}
