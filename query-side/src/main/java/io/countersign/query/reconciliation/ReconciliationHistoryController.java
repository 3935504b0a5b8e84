package io.countersign.query.reconciliation;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.query.reading.NewestFirst;
import io.countersign.query.reading.PageParameters;
import io.countersign.query.reading.PositionParameters;
import io.countersign.query.reading.ReadPosition;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What comparing found, of all projects and times, and how subscriptions stood. How comparing
 * stands now is the command side's.
 */
@RestController
public final class ReconciliationHistoryController {

  private static final String PROJECTION = new ReconciliationProjection().name();
  private static final String PROJECT = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f";

  private final ReconciliationQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public ReconciliationHistoryController(ReconciliationQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of results. */
  @GetMapping(path = "/api/v1/reconciliation-results", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      tags = "Reconciliation",
      summary = "List what comparing found",
      description =
          "Each window of work items, notifications or builds that was compared, or failed to be,"
              + " newest first. Without what differed.",
      parameters = {
        @Parameter(name = "project", in = ParameterIn.QUERY, example = PROJECT),
        @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "source, notifications or builds",
            example = "source"),
        @Parameter(
            name = "outcome",
            in = ParameterIn.QUERY,
            description = "compared or failed",
            example = "compared"),
        @Parameter(
            name = "run",
            in = ParameterIn.QUERY,
            example = "0f8b5d0a-1c7e-4a42-9d3f-5a6b7c8d9e0f"),
        @Parameter(
            name = "differs",
            in = ParameterIn.QUERY,
            description = "true: something missing was not filled, or something is unexpected",
            example = "true")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = ResultView.Page.class),
              examples = @ExampleObject(ReconciliationExamples.RESULTS)))
  public Mono<ResponseEntity<ResultView.Page>> results(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = asked(exchange, ReconciliationQuery.RESULT_FILTERS);
    Map<String, String> filters = new TreeMap<>();
    asked.text("project").ifPresent(value -> filters.put("project", value));
    asked.text("run").ifPresent(value -> filters.put("run", value));
    filters.put("kind", asked.oneOf("kind", ResultView.KINDS, ""));
    filters.put("outcome", asked.oneOf("outcome", ResultView.OUTCOMES, ""));
    asked.flag("differs").ifPresent(value -> filters.put("differs", value.toString()));
    NewestFirst page = NewestFirst.of(asked);
    return position
        .reached(PROJECTION, asked)
        .flatMap(reached -> query.results(filters, page, reached))
        .map(answer -> at(answer.position(), answer));
  }

  /** One result. */
  @GetMapping(
      path = "/api/v1/reconciliation-results/{entry}",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      tags = "Reconciliation",
      summary = "Show what differed",
      description = "One result with its differences: the first 200 of each side.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The result",
      content =
          @Content(
              schema = @Schema(implementation = ResultView.Detail.class),
              examples = @ExampleObject(ReconciliationExamples.DETAIL)))
  @ApiResponse(
      responseCode = "404",
      description = "The entry is no result of a comparison",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<ResultView.Detail>> one(
      @Parameter(description = "Index of its entry", example = "4711") @PathVariable("entry")
          String entry,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(exchange.getRequest().getQueryParams(), RequestParameters.POSITION);
    long index = index(entry);
    return position
        .reached(PROJECTION, asked)
        .flatMap(
            reached ->
                query
                    .one(index)
                    .switchIfEmpty(Mono.error(ReconciliationHistoryController::notThere))
                    .map(detail -> at(reached, detail)));
  }

  /** A page of changes of subscriptions. */
  @GetMapping(path = "/api/v1/hooks/history", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      tags = "Webhooks",
      summary = "List how subscriptions stood",
      description =
          "Each change that was seen, newest first, until when it stood so. A kind of event that was"
              + " enabled whenever somebody looked has none.",
      parameters = {
        @Parameter(name = "project", in = ParameterIn.QUERY, example = PROJECT),
        @Parameter(name = "eventType", in = ParameterIn.QUERY, example = "workitem.updated"),
        @Parameter(
            name = "current",
            in = ParameterIn.QUERY,
            description = "true: as it stands now; false: as it stood before",
            example = "true")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = SubscriptionView.Page.class),
              examples = @ExampleObject(ReconciliationExamples.SUBSCRIPTIONS)))
  public Mono<ResponseEntity<SubscriptionView.Page>> subscriptions(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = asked(exchange, ReconciliationQuery.SUBSCRIPTION_FILTERS);
    Map<String, String> filters = new TreeMap<>();
    asked.text("project").ifPresent(value -> filters.put("project", value));
    asked.text("eventType").ifPresent(value -> filters.put("eventType", value));
    asked.flag("current").ifPresent(value -> filters.put("current", value.toString()));
    NewestFirst page = NewestFirst.of(asked);
    return position
        .reached(PROJECTION, asked)
        .flatMap(reached -> query.subscriptions(filters, page, reached))
        .map(answer -> at(answer.position(), answer));
  }

  private static RequestParameters asked(ServerWebExchange exchange, Set<String> filters) {
    return new RequestParameters(
        exchange.getRequest().getQueryParams(),
        filters,
        RequestParameters.PAGE,
        RequestParameters.POSITION);
  }

  private static long index(String entry) {
    try {
      return Long.parseLong(entry);
    } catch (NumberFormatException e) {
      throw notThere();
    }
  }

  private static ProblemException notThere() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "no entry of this index says what a comparison found");
  }

  private static <T> ResponseEntity<T> at(long position, T body) {
    return ResponseEntity.ok().header(ReadPosition.HEADER, String.valueOf(position)).body(body);
  }
}
