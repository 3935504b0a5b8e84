package io.countersign.query.gate;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.query.reading.PositionParameters;
import io.countersign.query.reading.ReadPosition;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gates over HTTP. */
@RestController
@Tag(name = "Gates", description = "What transitions of a work item need, and who decides it")
public final class GateController {

  private static final String PROJECTION = new GateProjection().name();

  private final GateQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public GateController(GateQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** Gates of one work item. */
  @GetMapping(path = "/api/v1/work-items/{id}/gates", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "Show the gates of a work item",
      description =
          "Documents, attestations, approvals, delegations and overrides as they stand, the newest"
              + " thousand, and what policies decided, each with its entry in the log.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The gates; empty lists where nothing was brought or decided",
      content = @Content(schema = @Schema(implementation = GateView.class)))
  @ApiResponse(
      responseCode = "404",
      description = "The path holds no work item id",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<GateView>> gates(
      @Parameter(description = "Work item id", example = "workitem:fabrikam:4711")
          @PathVariable("id")
          String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters parameters =
        new RequestParameters(exchange.getRequest().getQueryParams(), RequestParameters.POSITION);
    String canonical = canonical(id);
    return position
        .reached(PROJECTION, parameters)
        .flatMap(
            reached ->
                query
                    .of(canonical)
                    .map(
                        gates ->
                            ResponseEntity.ok()
                                .header(ReadPosition.HEADER, String.valueOf(reached))
                                .body(gates)));
  }

  private static String canonical(String id) {
    try {
      return WorkItemId.parse(id).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "a work item id looks like workitem:<organization>:<number>");
    }
  }
}
