package io.countersign.query.sync;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What we wrote to the source, and conflicts, over HTTP. What waits is the command side's. */
@RestController
@RequestMapping(path = "/api/v1/sync", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sync")
public final class SyncHistoryController {

  private static final String PROJECTION = new SyncProjection().name();

  private final SyncQuery query;
  private final ReadPosition position;

  /** Answers from these queries. */
  public SyncHistoryController(SyncQuery query, ReadPosition position) {
    this.query = query;
    this.position = position;
  }

  /** A page of writes. */
  @GetMapping("/writes")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List what we asked the source for",
      description =
          "Each write and reversal with what came of it, newest first. confirmed: written, and the"
              + " source told so; there-already: the source told the wanted state without a write"
              + " of ours; replaced: something newer was asked for before anything came of it."
              + " Why something waits is told by /api/v1/sync/pending.",
      parameters = {
        @Parameter(
            name = "project",
            in = ParameterIn.QUERY,
            example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f"),
        @Parameter(name = "workItem", in = ParameterIn.QUERY, example = "workitem:fabrikam:4711"),
        @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description =
                "requested, written, confirmed, there-already, refused, abandoned, conflict or"
                    + " replaced",
            example = "refused"),
        @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "write or reversal",
            example = "write")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = SyncWriteView.Page.class),
              examples = @ExampleObject(SyncExamples.WRITES)))
  public Mono<ResponseEntity<SyncWriteView.Page>> writes(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = asked(exchange, SyncQuery.WRITE_FILTERS);
    Map<String, String> filters = new TreeMap<>();
    asked.text("project").ifPresent(value -> filters.put("project", value));
    asked.text("workItem").ifPresent(value -> filters.put("workItem", value));
    filters.put("status", asked.oneOf("status", SyncWriteView.STATUSES, ""));
    filters.put("kind", asked.oneOf("kind", SyncWriteView.KINDS, ""));
    NewestFirst page = NewestFirst.of(asked);
    return position
        .reached(PROJECTION, asked)
        .flatMap(reached -> query.writes(filters, page, reached))
        .map(answer -> at(answer.position(), answer));
  }

  /** A page of conflicts. */
  @GetMapping("/conflicts")
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "List conflicts",
      description =
          "Where both sides moved a work item: what each wanted, which side holds, and who decided"
              + " it. Newest first.",
      parameters = {
        @Parameter(
            name = "project",
            in = ParameterIn.QUERY,
            example = "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f"),
        @Parameter(name = "workItem", in = ParameterIn.QUERY, example = "workitem:fabrikam:4711"),
        @Parameter(
            name = "open",
            in = ParameterIn.QUERY,
            description = "true: nobody decided it yet; false: somebody did",
            example = "true")
      })
  @PageParameters
  @PositionParameters
  @ApiResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = SyncConflictView.Page.class),
              examples = @ExampleObject(SyncExamples.CONFLICTS)))
  public Mono<ResponseEntity<SyncConflictView.Page>> conflicts(
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters asked = asked(exchange, SyncQuery.CONFLICT_FILTERS);
    Map<String, String> filters = new TreeMap<>();
    asked.text("project").ifPresent(value -> filters.put("project", value));
    asked.text("workItem").ifPresent(value -> filters.put("workItem", value));
    asked.flag("open").ifPresent(value -> filters.put("open", value.toString()));
    NewestFirst page = NewestFirst.of(asked);
    return position
        .reached(PROJECTION, asked)
        .flatMap(reached -> query.conflicts(filters, page, reached))
        .map(answer -> at(answer.position(), answer));
  }

  private static RequestParameters asked(ServerWebExchange exchange, Set<String> filters) {
    return new RequestParameters(
        exchange.getRequest().getQueryParams(),
        filters,
        RequestParameters.PAGE,
        RequestParameters.POSITION);
  }

  private static <T> ResponseEntity<T> at(long position, T body) {
    return ResponseEntity.ok().header(ReadPosition.HEADER, String.valueOf(position)).body(body);
  }
}
