package io.countersign.query.project;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import io.countersign.query.reading.PageCursor;
import io.countersign.query.reading.PageParameters;
import io.countersign.query.reading.PositionParameters;
import io.countersign.query.reading.ReadPosition;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Projects over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/projects", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Projects", description = "Projects and how their states are read")
public final class ProjectController {

  private static final ProjectProjection PROJECTION = new ProjectProjection();

  private final ProjectQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public ProjectController(ProjectQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of projects. */
  @GetMapping
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List projects",
      description = "In order of their ids.",
      parameters = {
        @Parameter(name = "organization", in = ParameterIn.QUERY, example = "fabrikam")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = ProjectView.Page.class)))
  public Mono<ResponseEntity<ProjectView.Page>> list(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(
            exchange.getRequest().getQueryParams(),
            Set.of("organization"),
            RequestParameters.PAGE,
            RequestParameters.POSITION);
    Optional<String> organization =
        asked
            .parsed("organization", "an organization id", OrganizationId::new)
            .map(OrganizationId::value);
    Optional<PageCursor> after = asked.after(ProjectQuery.SORT);
    int limit = asked.limit();
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(reached -> query.find(organization, after, limit, reached))
        .map(
            page ->
                ResponseEntity.ok()
                    .header(ReadPosition.HEADER, String.valueOf(page.position()))
                    .body(page));
  }

  /** One project. */
  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(summary = "Show a project", description = "With the state mappings chosen for it.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The project",
      content = @Content(schema = @Schema(implementation = ProjectView.class)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such project",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<ProjectView>> one(
      @Parameter(
              description = "Project id",
              example = "project:fabrikam:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c")
          @PathVariable("id")
          String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(exchange.getRequest().getQueryParams(), RequestParameters.POSITION);
    String canonical = canonical(id);
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(
            reached ->
                query
                    .one(canonical)
                    .switchIfEmpty(Mono.error(() -> notFound("there is no such project")))
                    .map(
                        project ->
                            ResponseEntity.ok()
                                .eTag(
                                    "\"%d-%d\""
                                        .formatted(PROJECTION.version(), project.lastIndex()))
                                .cacheControl(CacheControl.noCache().cachePrivate())
                                .header(ReadPosition.HEADER, String.valueOf(reached))
                                .body(project)));
  }

  private static String canonical(String id) {
    try {
      return ProjectId.parse(id).toString();
    } catch (IllegalArgumentException e) {
      throw notFound("a project id looks like project:<organization>:<key>");
    }
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(ProblemType.NOT_FOUND, detail);
  }
}
