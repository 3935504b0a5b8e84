package io.countersign.kernel.project;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.workitem.WorkItemState;
import org.jspecify.annotations.Nullable;

/** Commands for a project. */
public sealed interface ProjectCommand extends AggregateCommand {

  /** The project. */
  ProjectId project();

  @Override
  default String aggregateId() {
    return project().toString();
  }

  /**
   * A delivery shows it. Changes nothing when it is known under this name.
   *
   * @param project the project
   * @param name its name, where the delivery tells it
   * @param assumed the process assumed until an operator chooses one
   */
  record RegisterProject(ProjectId project, @Nullable String name, Process assumed)
      implements ProjectCommand {}

  /** An operator says which process it has. */
  record ChooseProcess(ProjectId project, Process process) implements ProjectCommand {}

  /** An operator says what a state of the source means in it. */
  record MapState(ProjectId project, String workItemType, String sourceState, WorkItemState state)
      implements ProjectCommand {

    /** Checks the texts. */
    public MapState {
      check(workItemType, "work item type");
      check(sourceState, "source state");
    }

    private static void check(String text, String what) {
      if (text.isBlank() || text.length() > 128 || text.chars().anyMatch(c -> c < ' ')) {
        throw new IllegalArgumentException("a " + what + " has 1 to 128 printable characters");
      }
    }
  }
}
