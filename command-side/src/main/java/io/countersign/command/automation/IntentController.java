package io.countersign.command.automation;

import io.countersign.command.domain.OnVirtualThread;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What automations mean to do, for operators. */
@RestController
@RequestMapping("/api/v1/intents")
@Tag(name = "Intents", description = "What automations mean to do, and what became of it")
final class IntentController {

  private static final Set<String> STATUSES = Set.of("waiting", "done", "failed", "canceled");
  private static final int MAX_LIMIT = 500;
  private static final int MAX_REASON = 500;
  private static final String EXAMPLE =
      "{\"id\":\"0f8b5d0a-1c7e-5a42-9d3f-5a6b7c8d9e0f\",\"automation\":\"escalation-notices\",\"kind\":\"escalation.webhook\","
          + "\"entryIndex\":4711,\"status\":\"failed\",\"dueAt\":\"2026-11-21T20:00:00Z\",\"attempts\":10,\"code\":\"http-500\","
          + "\"endedAt\":\"2026-11-21T20:31:00Z\"}";

  private final IntentQueries queries;
  private final IntentStore store;
  private final Runnable wake;

  IntentController(IntentQueries queries, IntentStore store, Runnable wake) {
    this.queries = queries;
    this.store = store;
    this.wake = wake;
  }

  /** Why somebody does it; recorded. */
  record Reason(@Nullable String reason) {}

  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List intents",
      description = "Never shows payloads. Page by passing `next` as `after`.")
  @ApiResponse(
      responseCode = "200",
      description = "Intents",
      content = @Content(examples = @ExampleObject("{\"items\":[" + EXAMPLE + "]}")))
  Mono<IntentView.Page> list(
      @Parameter(
              description = "waiting, done, failed or canceled; all when absent",
              example = "failed")
          @RequestParam(name = "status", required = false)
          @Nullable String status,
      @Parameter(description = "1 to 500", example = "50")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit,
      @Parameter(description = "`next` of the page before")
          @RequestParam(name = "after", required = false)
          @Nullable UUID after) {
    if (status != null && !STATUSES.contains(status)) {
      throw invalid("status must be one of canceled, done, failed, waiting");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit must be from 1 to " + MAX_LIMIT);
    }
    return OnVirtualThread.call(
        () -> {
          List<IntentView> found = queries.list(status, after, limit + 1);
          if (found.size() <= limit) {
            return new IntentView.Page(found, null);
          }
          List<IntentView> page = List.copyOf(found.subList(0, limit));
          return new IntentView.Page(page, page.getLast().id().toString());
        });
  }

  @PostMapping("/{id}/retry")
  @RequiresPermission(Permission.MANAGE_AUTOMATIONS)
  @Operation(
      summary = "Try a failed intent again",
      description = "At once and with all its attempts. What waits behind it in its lane follows.")
  @ApiResponse(
      responseCode = "200",
      description = "It waits again",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "There is no such intent")
  @ApiResponse(responseCode = "409", description = "It has not failed")
  Mono<IntentView> retry(
      @PathVariable("id") UUID id,
      @RequestBody Reason reason,
      @Parameter(hidden = true) Principal principal) {
    return decide(
        id, "it has not failed", () -> store.retry(id, principal.name(), checked(reason.reason())));
  }

  @PostMapping("/{id}/drop")
  @RequiresPermission(Permission.MANAGE_AUTOMATIONS)
  @Operation(
      summary = "Give up an intent",
      description =
          "One that waits or has failed is not done. What waits behind it in its lane follows.")
  @ApiResponse(
      responseCode = "200",
      description = "It is canceled",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "There is no such intent")
  @ApiResponse(responseCode = "409", description = "It is over")
  Mono<IntentView> drop(
      @PathVariable("id") UUID id,
      @RequestBody Reason reason,
      @Parameter(hidden = true) Principal principal) {
    return decide(
        id, "it is over", () -> store.drop(id, principal.name(), checked(reason.reason())));
  }

  private Mono<IntentView> decide(UUID id, String otherwise, BooleanSupplier decision) {
    return OnVirtualThread.call(
        () -> {
          boolean done = decision.getAsBoolean();
          IntentView now =
              queries
                  .find(id)
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              ProblemType.NOT_FOUND, "There is no intent with the id " + id));
          if (!done) {
            throw new ProblemException(
                ProblemType.WRONG_STATE, "The intent is " + now.status() + ": " + otherwise);
          }
          wake.run();
          return now;
        });
  }

  private static String checked(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw invalid("reason is required, at most " + MAX_REASON + " characters");
    }
    return reason;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
