package io.countersign.command.policy;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.project.ProjectStates;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.ProjectCommand;
import io.countersign.kernel.project.ProjectCommand.AttachPolicy;
import io.countersign.kernel.project.ProjectCommand.ChooseViolationMode;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.project.ViolationMode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What transitions of a project's work items are judged by. */
@RestController
@Tag(name = "Policies", description = "What transitions need, and which projects they hold for")
public class ProjectPolicyController {

  private static final String PROJECT = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f";

  private final OperatorCommands commands;
  private final PolicyBook book;
  private final ProjectStates projects;
  private final LogReader log;
  private final InstantSource clock;

  /** Commands to send, where to look things up, and the log to answer with. */
  public ProjectPolicyController(
      OperatorCommands commands,
      PolicyBook book,
      ProjectStates projects,
      LogReader log,
      InstantSource clock) {
    this.commands = commands;
    this.book = book;
    this.projects = projects;
    this.log = log;
    this.clock = clock;
  }

  /** Attaches a policy. */
  @PostMapping(
      path = "/api/v1/projects/{id}/policies",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Attach a policy to a project",
      description =
          "From a moment on, now if none is told, transitions are judged by it; those that happened"
              + " before by what held then. For staging or production another one may hold: it"
              + " judges the transitions that reach them.")
  @ApiResponse(
      responseCode = "200",
      description = "Attached, now or before",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"project":"project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f","atLeast":42}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such project, or no such policy")
  public Mono<Decided> attach(
      @Parameter(description = "Id of the project", example = PROJECT) @PathVariable("id")
          String id,
      @RequestBody Attachment wanted,
      @Parameter(hidden = true) Principal principal) {
    ProjectId project = project(id);
    Instant from = moment(wanted.from());
    return OnVirtualThread.call(
        () ->
            send(
                command(
                    () ->
                        new AttachPolicy(
                            project, wanted.environment(), policy(wanted.policy()), from)),
                principal));
  }

  /** Chooses the mode. */
  @PutMapping(
      path = "/api/v1/projects/{id}/violation-mode",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.CONFIGURE_PROJECTS)
  @Operation(
      summary = "Say what follows when somebody breaks the policy in Azure DevOps itself",
      description =
          "observe: it is recorded. escalate: and a human is called. enforce: and it is moved back,"
              + " never when updates of the item are missing or the change was told late.")
  @ApiResponse(
      responseCode = "200",
      description = "Chosen, now or before",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"project":"project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f","atLeast":42}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such project")
  public Mono<Decided> mode(
      @Parameter(description = "Id of the project", example = PROJECT) @PathVariable("id")
          String id,
      @RequestBody Mode wanted,
      @Parameter(hidden = true) Principal principal) {
    var command = new ChooseViolationMode(project(id), mode(wanted.mode()));
    return OnVirtualThread.call(() -> send(command, principal));
  }

  /** Tells what holds. */
  @GetMapping(path = "/api/v1/projects/{id}/policies", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List the policies attached to a project",
      description =
          "In the order they were attached, with the project's mode. Without any, transitions are"
              + " those of its process.")
  @ApiResponse(
      responseCode = "200",
      description = "What holds",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"mode":"observe","conflicts":"theirs","items":[{"policy":"cmmi@2026.11.0","environment":null,
                       "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                       "from":"2026-11-21T12:00:00Z"}]}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such project")
  public Mono<Attached> attached(
      @Parameter(description = "Id of the project", example = PROJECT) @PathVariable("id")
          String id) {
    ProjectId project = project(id);
    return OnVirtualThread.call(
        () -> {
          var settings = projects.of(project);
          if (!settings.registered()) {
            throw new ProblemException(ProblemType.NOT_FOUND, project + " is not known");
          }
          GateSettings gates = settings.gates();
          return new Attached(
              gates.mode().word(),
              gates.conflicts().word(),
              gates.attached().stream()
                  .map(
                      one ->
                          new AttachedPolicy(
                              one.policy().label(),
                              one.policy().sha256(),
                              one.environment(),
                              one.from()))
                  .toList());
        });
  }

  private Decided send(ProjectCommand command, Principal principal) throws Exception {
    commands.send(command, principal);
    return new Decided(command.aggregateId(), log.head().map(LogHead::lastIndex).orElse(null));
  }

  private static ProjectCommand command(java.util.function.Supplier<ProjectCommand> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "/environment: " + e.getMessage());
    }
  }

  private PolicyReference policy(@Nullable String label) {
    String[] parts = (label == null ? "" : label).split("@", 2);
    if (parts.length != 2) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/policy: <id>@<version> expected, as cmmi@2026.11.0");
    }
    return book.find(parts[0], parts[1])
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    "no policy of that name and version is published or comes with the program"));
  }

  private Instant moment(@Nullable String told) {
    try {
      return told == null ? clock.instant() : Instant.parse(told);
    } catch (DateTimeParseException _) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/from: a time expected, as 2026-12-01T00:00:00Z");
    }
  }

  private static ViolationMode mode(@Nullable String word) {
    try {
      return ViolationMode.of(word == null ? "" : word);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "/mode: one of observe, escalate, enforce expected");
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

  /**
   * What to attach.
   *
   * @param policy name and version
   * @param environment staging or production; absent for all
   * @param from when it begins to hold; absent for now
   */
  public record Attachment(
      @Schema(example = "cmmi@2026.11.0") @Nullable String policy,
      @Schema(example = "production") @Nullable String environment,
      @Schema(example = "2026-12-01T00:00:00Z") @Nullable String from) {}

  /**
   * What follows a violation.
   *
   * @param mode observe, escalate or enforce
   */
  public record Mode(@Schema(example = "escalate") @Nullable String mode) {}

  /**
   * What holds.
   *
   * @param mode what follows a violation: observe, escalate or enforce
   * @param conflicts who wins when both sides moved a work item: theirs, ours or ask
   * @param items policies in the order they were attached
   */
  public record Attached(String mode, String conflicts, List<AttachedPolicy> items) {}

  /** One of them. */
  public record AttachedPolicy(
      String policy, String sha256, @Nullable String environment, Instant from) {}

  /** The answer. */
  public record Decided(String project, @Nullable Long atLeast) {}
}
