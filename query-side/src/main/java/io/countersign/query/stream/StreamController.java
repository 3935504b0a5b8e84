package io.countersign.query.stream;

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
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The log's streams over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/streams", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Streams", description = "The aggregates of the log and where their entries lie")
public final class StreamController {

  private static final StreamProjection PROJECTION = new StreamProjection();

  private static final String STREAM =
      "{\"id\":\"workitem:fabrikam:299\",\"type\":\"workitem\",\"entries\":17,"
          + "\"firstIndex\":4096,\"firstAt\":\"2026-11-20T10:00:00.123456Z\","
          + "\"lastIndex\":4711,\"lastAt\":\"2026-11-20T16:30:00.123456Z\"}";

  private final StreamQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public StreamController(StreamQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of streams. */
  @GetMapping
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "List streams",
      description =
          "One for each aggregate, in order of their ids, by bytes. Times are those of the events;"
              + " when an entry was recorded, it says itself. Events of no aggregate have no stream.",
      parameters = {
        @Parameter(name = "type", in = ParameterIn.QUERY, example = "workitem"),
        @Parameter(
            name = "prefix",
            in = ParameterIn.QUERY,
            description = "Only ids that begin so",
            example = "workitem:fabrikam:")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = StreamView.Page.class),
              examples = @ExampleObject("{\"items\":[" + STREAM + "],\"position\":4712}")))
  public Mono<ResponseEntity<StreamView.Page>> list(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(
            exchange.getRequest().getQueryParams(),
            Set.of("type", "prefix"),
            RequestParameters.PAGE,
            RequestParameters.POSITION);
    String type = text(asked, "type");
    String prefix = text(asked, "prefix");
    Optional<PageCursor> after = asked.after(StreamQuery.SORT);
    int limit = asked.limit();
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(reached -> query.find(type, prefix, after, limit, reached))
        .map(
            page ->
                ResponseEntity.ok()
                    .header(ReadPosition.HEADER, String.valueOf(page.position()))
                    .body(page));
  }

  /** PostgreSQL takes no NUL. */
  private static String text(RequestParameters asked, String name) {
    return asked
        .parsed(
            name,
            "text without NUL",
            value -> {
              if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException();
              }
              return value;
            })
        .orElse("");
  }

  /** One stream. */
  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Show a stream",
      description = "How many entries an aggregate has, and which are the first and the last.")
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "The stream",
      content =
          @Content(
              schema = @Schema(implementation = StreamView.class),
              examples = @ExampleObject(STREAM)))
  @ApiResponse(
      responseCode = "404",
      description = "No aggregate has this id",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<StreamView>> one(
      @Parameter(description = "Aggregate id", example = "workitem:fabrikam:299")
          @PathVariable("id")
          String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked =
        new RequestParameters(exchange.getRequest().getQueryParams(), RequestParameters.POSITION);
    if (id.indexOf('\0') >= 0) {
      throw notFound();
    }
    return position
        .reached(PROJECTION.name(), asked)
        .flatMap(
            reached ->
                query
                    .one(id)
                    .switchIfEmpty(Mono.error(StreamController::notFound))
                    .map(
                        stream ->
                            ResponseEntity.ok()
                                .header(ReadPosition.HEADER, String.valueOf(reached))
                                .body(stream)));
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.NOT_FOUND, "no aggregate has this id");
  }
}
