package io.countersign.kernel.project;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.Set;
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

  /**
   * An operator attaches a policy.
   *
   * @param project the project
   * @param environment environment it is for; absent when for all without one of their own
   * @param policy a published or built-in policy
   * @param from when it begins to hold
   */
  record AttachPolicy(
      ProjectId project, @Nullable String environment, PolicyReference policy, Instant from)
      implements ProjectCommand {

    private static final Set<String> ENVIRONMENTS = Set.of("staging", "production");

    /** Checks the environment: transitions reach these two. */
    public AttachPolicy {
      if (environment != null && !ENVIRONMENTS.contains(environment)) {
        throw new IllegalArgumentException("an environment is staging or production");
      }
    }
  }

  /** An operator says what follows when somebody breaks the policy in the source itself. */
  record ChooseViolationMode(ProjectId project, ViolationMode mode) implements ProjectCommand {}

  /** An operator says who wins when the source and we moved the same work item. */
  record ChooseConflictPolicy(ProjectId project, ConflictPolicy policy) implements ProjectCommand {}
}
