package io.countersign.command.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.reconciliation.Hooks.Hook;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The subscriptions in Azure DevOps by which webhooks come here. */
@RestController
@RequestMapping("/api/v1/hooks")
@Tag(name = "Webhooks", description = "The subscriptions in Azure DevOps by which webhooks come")
final class HookController {

  private static final int LONGEST_NAME = 200;
  private static final String EXAMPLE =
      "{\"project\":\"project:fabrikam:2d4d6c1e-0b1f-4c6c-8a77-90b1c2d3e4f5\",\"items\":["
          + "{\"eventType\":\"workitem.updated\",\"status\":\"onProbation\",\"id\":\"0f8b5d0a-1c7e-4a42-9d3f-5a6b7c8d9e0f\","
          + "\"wholeOrganization\":false,\"probationRetries\":2},"
          + "{\"eventType\":\"git.push\",\"status\":\"missing\",\"wholeOrganization\":false,\"probationRetries\":0}]}";

  private final Sources sources;
  private final Hooks hooks;
  private final HookWatch watch;

  HookController(Sources sources, Hooks hooks, HookWatch watch) {
    this.sources = sources;
    this.hooks = hooks;
    this.watch = watch;
  }

  /**
   * What to make.
   *
   * @param project name, id, or {@code project:ORGANIZATION:ID}
   * @param recreate whether those that do not deliver are made anew
   */
  record Wanted(@Nullable String project, @Nullable Boolean recreate) {}

  /** How they stand. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(String project, List<Hook> items) {}

  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List subscriptions",
      description =
          "One line for each kind of event. Azure DevOps is asked; a list that it does not give is an error, never an empty list.")
  @ApiResponse(
      responseCode = "200",
      description = "Subscriptions",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No configured organization has the project")
  @ApiResponse(responseCode = "409", description = "countersign.reconciliation.hook-url is not set")
  @ApiResponse(responseCode = "503", description = "Azure DevOps does not answer")
  Mono<View> list(
      @Parameter(description = "Name or id", example = "Fabrikam") @RequestParam(name = "project")
          String project) {
    check(project);
    return OnVirtualThread.call(
        () -> {
          Source source = sources.find(project);
          return new View(source.project().toString(), need(hooks.list(source)));
        });
  }

  @PostMapping
  @RequiresPermission(Permission.MANAGE_RECONCILIATION)
  @Operation(
      summary = "Make subscriptions that are missing",
      description =
          "With the webhook's own secret. `recreate` also makes those anew that do not deliver: Azure DevOps does not revive one that it disabled.")
  @ApiResponse(
      responseCode = "200",
      description = "All of them afterwards",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "No configured organization has the project")
  @ApiResponse(responseCode = "409", description = "countersign.reconciliation.hook-url is not set")
  @ApiResponse(responseCode = "503", description = "Azure DevOps does not do it, or not all of it")
  Mono<View> create(@RequestBody Wanted wanted, @Parameter(hidden = true) Principal principal) {
    String project = wanted.project() == null ? "" : wanted.project();
    check(project);
    return OnVirtualThread.call(
        () -> {
          Source source = sources.find(project);
          List<Hook> all = need(hooks.create(source, Boolean.TRUE.equals(wanted.recreate())));
          watch.record(source, all, principal.actor());
          return new View(source.project().toString(), all);
        });
  }

  private void check(String project) {
    if (project.isBlank() || project.length() > LONGEST_NAME) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "project is required: a name or an id");
    }
    if (!hooks.isKnown()) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "Nobody said under which address Azure DevOps reaches this installation (countersign.reconciliation.hook-url)");
    }
  }

  private static List<Hook> need(Answer<List<Hook>> answer) {
    return switch (answer) {
      case Answer.Ok<List<Hook>> ok -> ok.value();
      case Answer.Failure<List<Hook>> failure ->
          throw new ProblemException(
              ProblemType.UNAVAILABLE, "Azure DevOps did not do it: " + failure.why());
    };
  }
}
