package io.countersign.command.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.ProjectCalls.ItemState;
import io.countersign.command.azuredevops.client.ProjectCalls.ItemType;
import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.project.ProjectStates;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The states of the source beside ours. */
@RestController
@RequestMapping("/api/v1/sync/states")
@Tag(
    name = "Sync",
    description = "What is to be written to Azure DevOps, and what stands against it")
final class StatesController {

  private static final int MOST_TYPES = 64;

  private final AzureDevOps azureDevOps;
  private final SourceStates states;
  private final ProjectStates projects;

  StatesController(AzureDevOps azureDevOps, SourceStates states, ProjectStates projects) {
    this.azureDevOps = azureDevOps;
    this.states = states;
    this.projects = projects;
  }

  @GetMapping
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "States of a project's types, and what they mean here",
      description =
          "Read from the source, at most ten minutes old. A state nobody mapped has a suggestion by"
              + " its category; nothing is mapped by asking.")
  @ApiResponse(
      responseCode = "200",
      description = "States, by type, in the source's order",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "{\"items\":[{\"workItemType\":\"Bug\",\"sourceState\":\"Triaged\","
                          + "\"category\":\"InProgress\",\"suggested\":\"InProgress\"}]}")))
  @ApiResponse(responseCode = "404", description = "No such project")
  @ApiResponse(responseCode = "503", description = "The source did not answer; detail says why")
  Mono<Page> list(
      @Parameter(
              description = "Id of the project",
              example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f")
          @RequestParam("project")
          String project,
      @Parameter(description = "Only this type", example = "Bug")
          @RequestParam(name = "type", required = false)
          @Nullable String type) {
    ProjectId id = project(project);
    return OnVirtualThread.call(() -> page(id, type));
  }

  private Page page(ProjectId project, @Nullable String type) {
    ProjectSettings settings = projects.of(project);
    if (!settings.registered()) {
      throw new ProblemException(ProblemType.NOT_FOUND, project + " is not known");
    }
    List<String> types = type == null ? types(project) : List.of(type);
    List<State> all = new ArrayList<>();
    for (String one : types) {
      all.addAll(states(project, one, settings));
    }
    return new Page(all);
  }

  private List<String> types(ProjectId project) {
    return answered(
            azureDevOps.organization(project.organization()).projects().types(project.key()))
        .stream()
        .filter(type -> !type.disabled())
        .map(ItemType::name)
        .limit(MOST_TYPES)
        .toList();
  }

  private List<State> states(ProjectId project, String type, ProjectSettings settings) {
    List<ItemState> there = answered(states.of(project, type));
    Reading reading = settings.reading(type, there.stream().map(ItemState::name).toList());
    var names = new StateNames(type, settings, reading, there);
    return there.stream()
        .map(
            state -> {
              WorkItemState meaning = reading.of(state.name());
              WorkItemState suggested =
                  meaning == null ? StateNames.ofCategory(state.category()) : null;
              return new State(
                  type,
                  state.name(),
                  state.category(),
                  word(meaning),
                  by(settings, type, state.name(), meaning),
                  word(suggested),
                  word(writtenFor(names, state.name())));
            })
        .toList();
  }

  private static @Nullable WorkItemState writtenFor(StateNames names, String sourceState) {
    for (WorkItemState state : WorkItemState.values()) {
      if (names.of(state) instanceof StateNames.Choice.Name(String name)
          && name.equals(sourceState)) {
        return state;
      }
    }
    return null;
  }

  private static @Nullable String by(
      ProjectSettings settings, String type, String name, @Nullable WorkItemState meaning) {
    if (meaning == null) {
      return null;
    }
    return settings.mappedState(type, name) == null ? "process" : "operator";
  }

  private static @Nullable String word(@Nullable WorkItemState state) {
    return state == null ? null : state.word();
  }

  private static <T> T answered(Answer<T> answer) {
    return switch (answer) {
      case Answer.Ok<T> ok -> ok.value();
      case Answer.Failure<T> failure ->
          throw new ProblemException(ProblemType.UNAVAILABLE, "Azure DevOps: " + failure.why());
    };
  }

  private static ProjectId project(String id) {
    try {
      return ProjectId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "project: " + e.getMessage());
    }
  }

  /** States. */
  record Page(List<State> items) {}

  /**
   * A state of the source.
   *
   * @param workItemType type
   * @param sourceState its name
   * @param category Proposed, InProgress, Resolved, Completed or Removed
   * @param means canonical state; absent when nobody mapped it
   * @param by operator or process
   * @param suggested what it most likely means, where nobody mapped it
   * @param writtenFor canonical state that is written as this one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record State(
      String workItemType,
      String sourceState,
      String category,
      @Nullable String means,
      @Nullable String by,
      @Nullable String suggested,
      @Nullable String writtenFor) {}
}
