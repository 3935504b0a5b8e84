package io.countersign.command.transition;

import io.countersign.command.project.ProjectStates;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Finds the rules that hold for a work item. */
public final class TransitionRules {

  private final EventStore events;
  private final ProjectStates projects;

  /** On the event store. */
  public TransitionRules(EventStore events, ProjectStates projects) {
    this.events = events;
    this.projects = projects;
  }

  /**
   * A work item as far as its states are read by it.
   *
   * @param project its project
   * @param type its type now
   * @param sourceStates states it had
   */
  public record Known(ProjectId project, String type, Set<String> sourceStates) {}

  /** Process and policies; empty when the work item is not known. */
  public Optional<Reading> of(WorkItemId workItem) {
    return known(workItem)
        .map(item -> projects.of(item.project()).reading(item.type(), item.sourceStates()));
  }

  /** What its states are read by; empty when the work item is not known. */
  public Optional<Known> known(WorkItemId workItem) {
    ProjectId project = null;
    String type = "";
    Set<String> sourceStates = new LinkedHashSet<>();
    var stream = events.readEvents(workItem.toString(), 0);
    while (stream.hasNext()) {
      Object event = stream.next().getPayload();
      if (event instanceof WorkItemEvent.Registered registered) {
        project = registered.project();
        type = registered.type();
        sourceStates.add(registered.sourceState());
      } else if (event instanceof WorkItemEvent.StateChanged changed) {
        sourceStates.add(changed.sourceTo());
      } else if (event instanceof WorkItemEvent.FieldsChanged changed) {
        type = typeAfter(changed, type);
      }
    }
    return project == null ? Optional.empty() : Optional.of(new Known(project, type, sourceStates));
  }

  private static String typeAfter(WorkItemEvent.FieldsChanged changed, String before) {
    return changed.changes().stream()
        .filter(change -> change.field().equals(Fields.TYPE))
        .map(change -> change.after() instanceof FieldValue.Plain(String type) ? type : before)
        .findFirst()
        .orElse(before);
  }
}
