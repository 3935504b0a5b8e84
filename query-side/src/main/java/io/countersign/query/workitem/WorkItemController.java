package io.countersign.query.workitem;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.WorkItemId;
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
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Work items over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/work-items", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Work items", description = "Work items, their state history and where it comes from")
public final class WorkItemController {

  private static final String PROJECTION = new WorkItemProjection().name();

  private final WorkItemQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public WorkItemController(WorkItemQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of work items. */
  @GetMapping
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List work items",
      description =
          "Filters are combined with 'and'. Pages follow each other without gaps or repeats even"
              + " while work items arrive. A parameter that is not known is refused.",
      parameters = {
        @Parameter(
            name = "project",
            in = ParameterIn.QUERY,
            example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c"),
        @Parameter(name = "organization", in = ParameterIn.QUERY, example = "fabrikam"),
        @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Canonical state",
            example = "InProgress"),
        @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Type in the source",
            example = "User Story"),
        @Parameter(
            name = "assignee",
            in = ParameterIn.QUERY,
            description = "Subject id of a person",
            example = "2f1c7f0e-6f0a-4b52-9a53-0f3f2a4c6d11"),
        @Parameter(
            name = "incomplete",
            in = ParameterIn.QUERY,
            description = "Whether updates are missing",
            schema = @Schema(type = "boolean")),
        @Parameter(
            name = "violated",
            in = ParameterIn.QUERY,
            description = "Whether a state change broke a rule",
            schema = @Schema(type = "boolean")),
        @Parameter(
            name = "deleted",
            in = ParameterIn.QUERY,
            description = "Whether it is in the source's recycle bin",
            schema = @Schema(type = "boolean")),
        @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    allowableValues = {"changedAt", "-changedAt", "number", "-number"},
                    defaultValue = "-changedAt"))
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = WorkItemView.Page.class)))
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid; 'parameter' names it",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(Examples.INVALID)))
  @ApiResponse(
      responseCode = "409",
      description = "The read model has not reached 'atLeast' in time",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(Examples.NOT_REACHED)))
  public Mono<ResponseEntity<WorkItemView.Page>> list(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    FindWorkItems find = FindWorkItems.of(exchange.getRequest().getQueryParams());
    return position
        .reached(PROJECTION, find.parameters())
        .flatMap(reached -> query.find(find, reached))
        .map(
            page ->
                ResponseEntity.ok()
                    .header(ReadPosition.HEADER, String.valueOf(page.position()))
                    .body(page));
  }

  /** One work item with its history. */
  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "Show a work item",
      description =
          "With its state history and verdicts, the deliveries behind it, links, fields and"
              + " transition requests. The ETag changes when any of it does, also by erasure.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The work item",
      content = @Content(schema = @Schema(implementation = WorkItemDetail.class)))
  @ApiResponse(
      responseCode = "304",
      description = "Not changed since the ETag in If-None-Match",
      content = @Content)
  @ApiResponse(
      responseCode = "404",
      description = "There is no such work item",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(Examples.NOT_FOUND)))
  public Mono<ResponseEntity<WorkItemDetail>> one(
      @Parameter(description = "Work item id", example = "workitem:fabrikam:297")
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
                    .one(canonical)
                    .switchIfEmpty(Mono.error(() -> notFound("there is no such work item")))
                    .map(
                        found ->
                            ResponseEntity.ok()
                                .eTag("\"" + found.tag() + "\"")
                                .cacheControl(CacheControl.noCache().cachePrivate())
                                .header(ReadPosition.HEADER, String.valueOf(reached))
                                .body(found.detail())));
  }

  private static String canonical(String id) {
    try {
      return WorkItemId.parse(id).toString();
    } catch (IllegalArgumentException e) {
      throw notFound("a work item id looks like workitem:<organization>:<number>");
    }
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(ProblemType.NOT_FOUND, detail);
  }

  /** Problems as clients see them. */
  private static final class Examples {

    static final String INVALID =
        """
        {"type": "/problems/invalid-request", "title": "The request is not valid", "status": 400,
         "detail": "limit: 1 to 200 expected", "parameter": "limit"}
        """;

    static final String NOT_REACHED =
        """
        {"type": "/problems/position-not-reached",
         "title": "The read model has not reached the asked position yet", "status": 409,
         "detail": "the read model is at 1040, 1042 was asked for, the log ends at 1041",
         "position": 1040, "asked": 1042, "head": 1041}
        """;

    static final String NOT_FOUND =
        """
        {"type": "/problems/not-found", "title": "There is no such thing", "status": 404,
         "detail": "there is no such work item"}
        """;
  }
}
