package io.countersign.query.traceability;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.project.ProjectId;
import io.countersign.query.policy.PolicyProjection;
import io.countersign.query.reading.PageCursor;
import io.countersign.query.reading.PageParameters;
import io.countersign.query.reading.PositionParameters;
import io.countersign.query.reading.ReadPosition;
import io.countersign.query.reading.RequestParameters;
import io.countersign.query.resource.ResourceProjection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Traceability over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/traceability", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
    name = "Traceability",
    description = "Which requirement leads to which task, test, commit, build and deployment")
public final class TraceabilityController {

  private static final String ITEMS = new TraceabilityProjection().name();
  private static final String RESOURCES = new ResourceProjection().name();
  private static final String POLICIES = new PolicyProjection().name();

  private final TraceabilityQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public TraceabilityController(TraceabilityQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of the matrix. */
  @GetMapping
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "Traceability matrix of a project",
      description =
          "One row for each requirement (what the policy breaks down into tasks: User Story, Product"
              + " Backlog Item, Requirement, in Basic Issue) that is not deleted, with what stands above, its tasks, tests, commits,"
              + " pull requests, builds and deployments, and the holes in the row. What no"
              + " notification told of is not in it: that a link is absent here does not prove that"
              + " Azure DevOps has none.",
      parameters = {
        @Parameter(
            name = "project",
            in = ParameterIn.QUERY,
            required = true,
            example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = MatrixView.Page.class),
              examples = @ExampleObject(TraceabilityExamples.MATRIX)))
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid; 'parameter' names it",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<MatrixView.Page>> matrix(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = parameters(exchange, Set.of("project"));
    String project = project(asked);
    Optional<PageCursor> after = asked.after(TraceabilityQuery.MATRIX_SORT);
    int limit = asked.limit();
    return reached(asked)
        .flatMap(reached -> query.matrix(project, after, limit, reached))
        .map(page -> answer(page, page.position()));
  }

  /** A page of findings. */
  @GetMapping("/findings")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "What does not hang together in a project",
      description =
          "Orphans, wrong, unknown, deleted or several parents, cycles, closed parents with open"
              + " children, and what is not broken down, not tested, without code or not deployed."
              + " Judged by the policy attached to the project, as it holds now, or else by the one"
              + " that comes for its process; the answer names it. Removed and deleted work items,"
              + " and types that have no place in its hierarchy, are not judged.",
      parameters = {
        @Parameter(
            name = "project",
            in = ParameterIn.QUERY,
            required = true,
            example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c"),
        @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "Only findings of this kind",
            example = "orphan")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = MatrixView.Findings.class),
              examples = @ExampleObject(TraceabilityExamples.FINDINGS)))
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid; 'parameter' names it",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<MatrixView.Findings>> findings(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = parameters(exchange, Set.of("project", "kind"));
    String project = project(asked);
    String kind =
        asked
            .parsed("kind", "one of " + FindingKind.all(), FindingKind::of)
            .map(FindingKind::word)
            .orElse("");
    Optional<PageCursor> after = asked.after(TraceabilityQuery.FINDING_SORT);
    int limit = asked.limit();
    return reached(asked)
        .flatMap(reached -> query.findings(project, kind, after, limit, reached))
        .map(page -> answer(page, page.position()));
  }

  private static RequestParameters parameters(ServerWebExchange exchange, Set<String> own) {
    return new RequestParameters(
        exchange.getRequest().getQueryParams(),
        own,
        RequestParameters.PAGE,
        RequestParameters.POSITION);
  }

  private static String project(RequestParameters asked) {
    return asked
        .parsed("project", "project:<organization>:<key>", ProjectId::parse)
        .map(ProjectId::toString)
        .orElseThrow(() -> RequestParameters.invalid("project", "a project has to be named"));
  }

  /** Three projections make the answer: it reflects what the slowest one has reached. */
  private Mono<Long> reached(RequestParameters asked) {
    return Flux.just(ITEMS, RESOURCES, POLICIES)
        .flatMap(processor -> position.reached(processor, asked))
        .reduce(Math::min);
  }

  private static <T> ResponseEntity<T> answer(T page, long position) {
    return ResponseEntity.ok().header(ReadPosition.HEADER, String.valueOf(position)).body(page);
  }
}
