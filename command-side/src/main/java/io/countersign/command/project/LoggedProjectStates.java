package io.countersign.command.project;

import io.countersign.command.domain.SharedRead;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Reads a project's decisions from its own events: what was decided holds at once, on whatever
 * node. What was read before is kept, and only what came since is read; who asks while somebody
 * reads shares the next read.
 *
 * <p>The read stays, though it mostly finds nothing: another node may have appended a decision just
 * now, and only the database orders the appends of all nodes. That nothing was pushed to this node
 * proves nothing, because pushes come after commits; nor does any index this node knows. The append
 * of what is decided on this state checks the work item's sequence, not the project's.
 */
public final class LoggedProjectStates implements ProjectStates {

  private static final int KEPT = 1_000;

  private final EventStore events;
  private final Map<ProjectId, SharedRead<ProjectSettings>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<ProjectId, SharedRead<ProjectSettings>> eldest) {
          return size() > KEPT;
        }
      };

  /** On the event store. */
  public LoggedProjectStates(EventStore events) {
    this.events = events;
  }

  @Override
  public ProjectSettings of(ProjectId project) {
    SharedRead<ProjectSettings> read;
    synchronized (known) {
      read = known.computeIfAbsent(project, _ -> new SharedRead<>(new Decisions(project)::readOn));
    }
    return read.get();
  }

  /** Those of one project. Not for several threads at once. */
  private final class Decisions {

    private final String id;
    private ProjectSettings settings = ProjectSettings.UNKNOWN;
    private long next;

    Decisions(ProjectId project) {
      this.id = project.toString();
    }

    ProjectSettings readOn() {
      var stream = events.readEvents(id, next);
      while (stream.hasNext()) {
        var message = stream.next();
        if (message.getPayload() instanceof ProjectEvent event) {
          settings = settings.evolve(event);
        }
        next = message.getSequenceNumber() + 1;
      }
      return settings;
    }
  }
}
