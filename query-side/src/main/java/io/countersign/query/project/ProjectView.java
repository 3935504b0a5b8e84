package io.countersign.query.project;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project.
 *
 * @param id project id
 * @param organization where it lives
 * @param name its name, where a delivery told one
 * @param process the process its states are read by
 * @param processChosen whether an operator chose the process; otherwise it is assumed
 * @param stateMappings what operators said states of the source mean here
 * @param registeredIndex entry it was first seen with
 * @param lastIndex entry that told of it last
 */
@Schema(description = "A project and how its states are read")
record ProjectView(
    @Schema(example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c") String id,
    @Schema(example = "fabrikam") String organization,
    @Schema(example = "Fabrikam Web") @Nullable String name,
    @Schema(example = "agile") String process,
    boolean processChosen,
    List<StateMapping> stateMappings,
    long registeredIndex,
    long lastIndex) {

  /**
   * What a state of the source means in a project.
   *
   * @param workItemType the type it holds for
   * @param sourceState the state's name in Azure DevOps
   * @param state the canonical state
   */
  @Schema(name = "ProjectStateMapping", description = "What a state of the source means")
  record StateMapping(
      @Schema(example = "Bug") String workItemType,
      @Schema(example = "Triaged") String sourceState,
      @Schema(example = "Ready") String state) {}

  /**
   * A page of projects.
   *
   * @param items in order of their ids
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @Schema(name = "ProjectPage", description = "A page of projects")
  record Page(List<ProjectView> items, @Nullable String next, long position) {}
}
