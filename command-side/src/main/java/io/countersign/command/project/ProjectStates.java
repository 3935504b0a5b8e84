package io.countersign.command.project;

import io.countersign.kernel.project.ProjectId;

/** Looks up what was decided about a project. */
@FunctionalInterface
public interface ProjectStates {

  /** Its settings; {@link ProjectSettings#UNKNOWN} when it was never seen. */
  ProjectSettings of(ProjectId project);
}
