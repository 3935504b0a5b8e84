package io.countersign.query.escalation;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.query.reading.PageCursor;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Escalations over HTTP, for reading. */
@RestController
@RequestMapping(path = "/api/v1/escalations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Escalations")
public final class EscalationController {

  private static final EscalationProjection PROJECTION = new EscalationProjection();

  private final EscalationQuery query;
  private final ReadPosition position;
  private final InstantSource clock;

  /** Answers from these queries. */
  public EscalationController(EscalationQuery query, ReadPosition position, InstantSource clock) {
    this.query = query;
    this.position = position;
    this.clock = clock;
  }

  /** A page of escalations. */
  @GetMapping
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List escalations",
      description = "As they were raised, oldest first. Without their context.",
      parameters = {
        @Parameter(name = "status", in = ParameterIn.QUERY, example = "raised"),
        @Parameter(name = "category", in = ParameterIn.QUERY, example = "compliance"),
        @Parameter(name = "severity", in = ParameterIn.QUERY, example = "high"),
        @Parameter(name = "team", in = ParameterIn.QUERY, example = "compliance_team"),
        @Parameter(name = "workItem", in = ParameterIn.QUERY, example = "workitem:fabrikam:42"),
        @Parameter(
            name = "open",
            in = ParameterIn.QUERY,
            description = "true: neither merged nor resolved; false: one of both",
            example = "true")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = EscalationView.Page.class)))
  public Mono<ResponseEntity<EscalationView.Page>> list(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(
            exchange.getRequest().getQueryParams(),
            EscalationQuery.FILTERS.keySet(),
            Set.of("open"),
            RequestParameters.PAGE,
            RequestParameters.POSITION);
    Map<String, String> filters = new TreeMap<>();
    for (String name : EscalationQuery.FILTERS.keySet()) {
      asked.text(name).ifPresent(value -> filters.put(name, value));
    }
    String open = asked.flag("open").map(String::valueOf).orElse("");
    Optional<PageCursor> after = asked.after(EscalationQuery.SORT);
    int limit = asked.limit();
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(reached -> query.find(filters, open, after, limit, reached))
        .map(
            page ->
                ResponseEntity.ok()
                    .header(ReadPosition.HEADER, String.valueOf(page.position()))
                    .body(page));
  }

  /** Of the last days. */
  @GetMapping("/statistics")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "How soon escalations are answered",
      description =
          "Mean seconds to acknowledge (MTTA) and to resolve (MTTR) by category, of those raised in the last days.",
      parameters = {
        @Parameter(
            name = "days",
            in = ParameterIn.QUERY,
            description = "1 to 400; 30 when not given",
            example = "30")
      })
  @ApiResponse(
      responseCode = "200",
      description = "One line for each category with escalations",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "[{\"category\":\"compliance\",\"raised\":12,\"open\":2,\"meanSecondsToAcknowledge\":840.0,\"meanSecondsToResolve\":5400.0}]")))
  public Mono<List<EscalationView.Statistics>> statistics(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(exchange.getRequest().getQueryParams(), Set.of("days"));
    int days = asked.parsed("days", "1 to 400", EscalationController::days).orElse(30);
    return query.statistics(clock.instant().minus(Duration.ofDays(days)));
  }

  private static int days(String text) {
    int days = Integer.parseInt(text);
    if (days < 1 || days > 400) {
      throw new IllegalArgumentException();
    }
    return days;
  }

  /** One escalation. */
  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "Show an escalation",
      description = "With what a human needs to decide, and everything that happened to it.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The escalation",
      content = @Content(schema = @Schema(implementation = EscalationView.Detail.class)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such escalation",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<EscalationView.Detail>> one(
      @Parameter(
              description = "Escalation id",
              example = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11")
          @PathVariable("id")
          String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(exchange.getRequest().getQueryParams(), RequestParameters.POSITION);
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(
            reached ->
                query
                    .one(id)
                    .switchIfEmpty(
                        Mono.error(
                            () ->
                                new ProblemException(
                                    ProblemType.NOT_FOUND, "there is no such escalation")))
                    .map(
                        detail ->
                            ResponseEntity.ok()
                                .header(ReadPosition.HEADER, String.valueOf(reached))
                                .body(detail)));
  }
}
