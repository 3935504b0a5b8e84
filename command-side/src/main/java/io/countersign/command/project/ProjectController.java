package io.countersign.command.project;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectCommand;
import io.countersign.kernel.project.ProjectCommand.ChooseConflictPolicy;
import io.countersign.kernel.project.ProjectCommand.ChooseProcess;
import io.countersign.kernel.project.ProjectCommand.MapState;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What operators decide about a project. Deciding the same again changes nothing. */
@RestController
@Tag(name = "Projects", description = "Projects, their process and their states")
public class ProjectController {

  private final OperatorCommands commands;
  private final LogReader log;

  /** Commands to send, and the log to answer with. */
  public ProjectController(OperatorCommands commands, LogReader log) {
    this.commands = commands;
    this.log = log;
  }

  /** Chooses a process. */
  @PutMapping(
      path = "/api/v1/projects/{id}/process",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Choose a project's process",
      description =
          "basic, agile, scrum or cmmi. Until one is chosen, it is guessed from work item types and"
              + " states. Holds for what is reported from now on.")
  @ApiResponse(responseCode = "200", description = "Chosen. Read with ?atLeast=<index> to see it.")
  @ApiResponse(responseCode = "404", description = "No such project")
  public Mono<Decided> chooseProcess(
      @Parameter(
              description = "Id of the project",
              example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f")
          @PathVariable("id")
          String id,
      @RequestBody Choice choice,
      @Parameter(hidden = true) Principal principal) {
    return decide(new ChooseProcess(project(id), process(choice.process())), principal);
  }

  /** Maps a state. */
  @PutMapping(
      path = "/api/v1/projects/{id}/states",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Say what a state of the source means in a project",
      description =
          "For one work item type. Goes before what the process says, for what is reported from now"
              + " on.")
  @ApiResponse(responseCode = "200", description = "Mapped. Read with ?atLeast=<index> to see it.")
  @ApiResponse(responseCode = "404", description = "No such project")
  public Mono<Decided> mapState(
      @Parameter(
              description = "Id of the project",
              example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f")
          @PathVariable("id")
          String id,
      @RequestBody Mapping mapping,
      @Parameter(hidden = true) Principal principal) {
    return decide(command(project(id), mapping), principal);
  }

  /** Says who wins a conflict. */
  @PutMapping(
      path = "/api/v1/projects/{id}/conflict-policy",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Say what holds when both sides moved a work item",
      description =
          "theirs: what Azure DevOps has stays, the default. ours: what was asked for here is asked"
              + " for again, and judged again. ask: nothing more may be asked of the item until"
              + " somebody decides.")
  @ApiResponse(responseCode = "200", description = "Chosen, now or before")
  @ApiResponse(responseCode = "404", description = "No such project")
  public Mono<Decided> chooseConflictPolicy(
      @Parameter(
              description = "Id of the project",
              example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f")
          @PathVariable("id")
          String id,
      @RequestBody Keeping keeping,
      @Parameter(hidden = true) Principal principal) {
    return decide(new ChooseConflictPolicy(project(id), conflictPolicy(keeping.keep())), principal);
  }

  private Mono<Decided> decide(ProjectCommand command, Principal principal) {
    return OnVirtualThread.call(
        () -> {
          commands.send(command, principal);
          return new Decided(
              command.aggregateId(), log.head().map(LogHead::lastIndex).orElse(null));
        });
  }

  private static MapState command(ProjectId project, Mapping mapping) {
    try {
      return new MapState(
          project,
          told(mapping.workItemType()),
          told(mapping.sourceState()),
          WorkItemState.of(told(mapping.state())));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static ProjectId project(String id) {
    try {
      return ProjectId.parse(id);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "the path does not hold a project id: project:<organization>:<key> expected");
    }
  }

  private static Process process(@Nullable String word) {
    for (Process process : Process.values()) {
      if (process.word().equals(word)) {
        return process;
      }
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST,
        "/process: one of "
            + Arrays.stream(Process.values()).map(Process::word).collect(Collectors.joining(", "))
            + " expected");
  }

  private static ConflictPolicy conflictPolicy(@Nullable String word) {
    try {
      return ConflictPolicy.of(told(word));
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/keep: one of theirs, ours, ask expected");
    }
  }

  private static String told(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * A choice.
   *
   * @param process basic, agile, scrum or cmmi
   */
  public record Choice(@Schema(example = "agile") @Nullable String process) {}

  /**
   * What a state means.
   *
   * @param workItemType type it holds for
   * @param sourceState the source's state
   * @param state canonical state
   */
  public record Mapping(
      @Schema(example = "Bug") @Nullable String workItemType,
      @Schema(example = "Triaged") @Nullable String sourceState,
      @Schema(example = "Ready") @Nullable String state) {}

  /**
   * What holds in a conflict.
   *
   * @param keep theirs, ours or ask
   */
  public record Keeping(@Schema(example = "ask") @Nullable String keep) {}

  /**
   * The answer.
   *
   * @param project id
   * @param atLeast index of an entry at or after the decision's
   */
  public record Decided(
      @Schema(example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f") String project,
      @Schema(example = "42") @Nullable Long atLeast) {}
}
