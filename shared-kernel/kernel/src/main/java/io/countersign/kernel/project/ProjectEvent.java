package io.countersign.kernel.project;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Facts about a project. */
public sealed interface ProjectEvent {

  /** The project. */
  ProjectId project();

  /**
   * First seen in a delivery.
   *
   * @param project the project
   * @param name its name, where the delivery told it
   * @param process the process assumed until an operator chooses one
   */
  record Registered(ProjectId project, @Nullable String name, Process process)
      implements ProjectEvent {}

  /** A delivery showed another name. */
  record Renamed(ProjectId project, String name) implements ProjectEvent {}

  /** An operator said which process the project has. */
  record ProcessChosen(ProjectId project, Process process) implements ProjectEvent {}

  /**
   * An operator said what a state of the source means here.
   *
   * @param project the project
   * @param workItemType the type it holds for
   * @param sourceState the state's name in Azure DevOps
   * @param state what it means
   */
  record StateMapped(
      ProjectId project, String workItemType, String sourceState, WorkItemState state)
      implements ProjectEvent {}

  /**
   * From a moment on transitions of its work items are judged by a policy. Several may be attached,
   * each from its own moment: of those that have begun the latest holds.
   *
   * @param project the project
   * @param environment environment it holds for; absent when for all without one of their own
   * @param policy the policy
   * @param from when it begins to hold
   */
  record PolicyAttached(
      ProjectId project, @Nullable String environment, PolicyReference policy, Instant from)
      implements ProjectEvent {}

  /** An operator said what follows when somebody breaks the policy in the source itself. */
  record ViolationModeChosen(ProjectId project, ViolationMode mode) implements ProjectEvent {}

  /** An operator said who wins when the source and we moved the same work item. */
  record ConflictPolicyChosen(ProjectId project, ConflictPolicy policy) implements ProjectEvent {}
}
