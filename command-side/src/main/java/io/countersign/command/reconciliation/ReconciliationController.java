package io.countersign.command.reconciliation;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Asked;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Comparing Azure DevOps with the log: how it stands, what was found, and doing it now. */
@RestController
@RequestMapping("/api/v1/reconciliations")
@Tag(name = "Reconciliation", description = "Comparing Azure DevOps with the log")
final class ReconciliationController {

  private static final int MAX_LIMIT = 200;
  private static final int LONGEST_NAME = 200;
  private static final String PROJECT =
      "project:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:2d4d6c1e-0b1f-4c6c-8a77-90b1c2d3e4f5";
  private static final String EXAMPLE =
      "{\"project\":\""
          + PROJECT
          + "\",\"name\":\"Fabrikam\",\"reached\":\"2026-11-21T20:00:00Z\",\"running\":false,"
          + "\"run\":\"0f8b5d0a-1c7e-4a42-9d3f-5a6b7c8d9e0f\",\"asked\":\"schedule\",\"outcome\":\"compared\",\"missing\":2,"
          + "\"filled\":2,\"silent\":false}";
  private static final String RESULT =
      "{\"items\":[{\"sequence\":7,\"recordedAt\":\"2026-11-21T20:02:03Z\",\"kind\":\"SourceReconciled\","
          + "\"actor\":\"automation:reconciliation\",\"event\":{\"project\":\""
          + PROJECT
          + "\",\"from\":\"2026-11-21T19:45:00Z\",\"to\":\"2026-11-21T20:00:00Z\",\"asked\":\"schedule\","
          + "\"workItems\":{\"source\":4,\"ours\":4},\"revisions\":{\"source\":9,\"ours\":8},\"missing\":1,"
          + "\"missingList\":[{\"workItem\":\"workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:42\",\"kind\":\"update\",\"from\":5,\"to\":5}],"
          + "\"unexpected\":0,\"unexpectedList\":[],\"filled\":1}}]}";

  private final Sources sources;
  private final ReconciliationSchedule schedule;
  private final RunTable table;
  private final Results results;

  ReconciliationController(
      Sources sources, ReconciliationSchedule schedule, RunTable table, Results results) {
    this.sources = sources;
    this.schedule = schedule;
    this.table = table;
    this.results = results;
  }

  /**
   * What to compare.
   *
   * @param project name, id, or {@code project:ORGANIZATION:ID}
   * @param full whether from the beginning on; otherwise from where the last run ended
   */
  record Wanted(@Nullable String project, @Nullable Boolean full) {}

  @GetMapping
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "How comparing stands",
      description = "Each project that was seen; at most 1000.")
  @ApiResponse(
      responseCode = "200",
      description = "Projects",
      content = @Content(examples = @ExampleObject("{\"items\":[" + EXAMPLE + "]}")))
  Mono<ReconciliationView.All> list() {
    return OnVirtualThread.call(
        () ->
            new ReconciliationView.All(table.all().stream().map(ReconciliationView::of).toList()));
  }

  @GetMapping("/{project}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(summary = "How comparing one project stands")
  @ApiResponse(
      responseCode = "200",
      description = "The project",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "It was never seen")
  Mono<ReconciliationView> get(
      @Parameter(description = "Id of the project", example = PROJECT) @PathVariable("project")
          String project) {
    ProjectId id = parse(project);
    return OnVirtualThread.call(() -> view(id));
  }

  @GetMapping("/{project}/results")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "What comparing a project found",
      description =
          "Read from the project's own events, newest first. Page by passing `next` as `before`.")
  @ApiResponse(
      responseCode = "200",
      description = "Results",
      content = @Content(examples = @ExampleObject(RESULT)))
  Mono<ReconciliationView.Results> results(
      @Parameter(description = "Id of the project", example = PROJECT) @PathVariable("project")
          String project,
      @Parameter(description = "1 to 200", example = "20")
          @RequestParam(name = "limit", defaultValue = "20")
          int limit,
      @Parameter(description = "`next` of the page before")
          @RequestParam(name = "before", required = false)
          @Nullable Long before) {
    if (limit < 1 || limit > MAX_LIMIT || before != null && before < 1) {
      throw invalid("limit must be from 1 to " + MAX_LIMIT + ", before at least 1");
    }
    ProjectId id = parse(project);
    return OnVirtualThread.call(() -> results.of(id, before, limit));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.MANAGE_RECONCILIATION)
  @Operation(
      summary = "Compare a project now",
      description =
          "In the background: ask for the project until `running` is false. The result is an event.")
  @ApiResponse(
      responseCode = "202",
      description = "It is being compared",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No configured organization has the project")
  @ApiResponse(responseCode = "409", description = "It is being compared already")
  @ApiResponse(responseCode = "503", description = "Azure DevOps does not answer")
  Mono<ReconciliationView> start(
      @RequestBody Wanted wanted, @Parameter(hidden = true) Principal principal) {
    String project = wanted.project();
    if (project == null || project.isBlank() || project.length() > LONGEST_NAME) {
      throw invalid("project is required: a name or an id");
    }
    Asked asked = Boolean.TRUE.equals(wanted.full()) ? Asked.FULL : Asked.DEMAND;
    return OnVirtualThread.call(
        () -> {
          Source source = sources.find(project);
          if (schedule.demand(source, asked, principal.actor()).isEmpty()) {
            throw new ProblemException(
                ProblemType.WRONG_STATE, "The project is being compared already");
          }
          return view(source.project());
        });
  }

  private ReconciliationView view(ProjectId project) {
    return table
        .find(project)
        .map(ReconciliationView::of)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, project + " was never compared"));
  }

  private static ProjectId parse(String project) {
    try {
      return ProjectId.parse(project);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
