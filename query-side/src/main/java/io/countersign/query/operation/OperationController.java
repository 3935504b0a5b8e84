package io.countersign.query.operation;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Operations on projections over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/projection-operations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Projection operations", description = "What is done to projections on request")
public final class OperationController {

  private static final int LONGEST_REASON = 500;
  private static final String ID = "8d6f0a52-6a3e-4b0e-9d43-0c1c1f5f7a11";
  private static final String EXAMPLE =
      """
      {"id": "8d6f0a52-6a3e-4b0e-9d43-0c1c1f5f7a11", "projection": "work-items", "kind": "verify",
        "options": {"stay": false}, "reason": "quarterly check", "requestedBy": "principal:ann", "requestedAt": "2026-11-21T20:00:00Z",
        "state": "done", "node": "4711@host", "startedAt": "2026-11-21T20:00:00.4Z",
        "endedAt": "2026-11-21T20:00:07Z", "phase": "verifying", "entriesDone": 120000, "entriesAll": 120000, "outcome": "equal",
        "result": {"projection": "work-items", "equal": true, "tables": []}}
      """;

  private final Operations operations;
  private final BlockingCalls blocking;

  OperationController(Operations operations, BlockingCalls blocking) {
    this.operations = operations;
    this.blocking = blocking;
  }

  /**
   * What is to be done.
   *
   * @param id of the operation, chosen by who asks, so that asking again does nothing twice;
   *     absent: a new one
   * @param projection name of the projection
   * @param kind what
   * @param options how, as far as it concerns the kind; absent: as usual
   * @param reason why; recorded in the log
   */
  @Schema(name = "WantedProjectionOperation")
  record Wanted(
      @Schema(example = ID) @Nullable String id,
      @Schema(example = "work-items") @Nullable String projection,
      @Schema(
              example = "verify",
              allowableValues = {
                "verify",
                "rebuild",
                "switch",
                "rollback",
                "drop",
                "pause",
                "resume",
                "split",
                "merge",
                "release"
              })
          @Nullable String kind,
      @Nullable WantedOptions options,
      @Schema(example = "quarterly check") @Nullable String reason) {}

  /**
   * Why.
   *
   * @param reason recorded in the log
   */
  @Schema(name = "ProjectionOperationReason")
  record Reason(@Schema(example = "the wrong one") @Nullable String reason) {}

  /**
   * Operations.
   *
   * @param items newest first
   */
  @Schema(name = "ProjectionOperations")
  record All(List<Operation> items) {}

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.MANAGE_PROJECTIONS)
  @io.swagger.v3.oas.annotations.Operation(
      summary = "Have something done to a projection",
      description =
          """
          - `verify`: compares every row with a replay of the log, at one moment, while everything goes on.
          - `rebuild`: fills new tables from the log beside those that queries read, verifies them, and has queries read \
          them; the old ones are kept. `version`, `eventsPerSecond`, and `stay`: do not switch.
          - `switch`: has queries read the tables of another `generation`; `rollback`: those that were read before.
          - `drop`: removes the tables of a `generation` that queries do not read.
          - `pause`, `resume`: the processor stands still, or goes on.
          - `split`, `merge`: makes two parallel parts of a `segment`, or one of it and its sibling.
          - `release`: the node that holds a `segment` lets it go, so that another may take it.

          A node does it in the background; ask for the operation until it has ended. The request and its result are \
          entries of the log.""")
  @ApiResponse(
      responseCode = "202",
      description = "It is done soon, or was asked for before with this id",
      content =
          @Content(
              schema = @Schema(implementation = Operation.class),
              examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such projection",
      content = @Content(mediaType = "application/problem+json"))
  @ApiResponse(
      responseCode = "409",
      description = "Something else is under way with it, or the id belongs to something else",
      content = @Content(mediaType = "application/problem+json"))
  Mono<Operation> request(
      @RequestBody Wanted wanted, @Parameter(hidden = true) Principal principal) {
    UUID id =
        wanted.id() == null
            ? UUID.randomUUID()
            : parsed("id", "a UUID", wanted.id(), UUID::fromString);
    String projection = required("projection", wanted.projection(), 100);
    OperationKind kind =
        parsed(
            "kind",
            "verify, rebuild, switch, rollback, drop, pause, resume, split, merge or release",
            required("kind", wanted.kind(), 20),
            OperationKind::of);
    OperationOptions options = WantedOptions.checked(wanted.options(), kind);
    String reason = required("reason", wanted.reason(), LONGEST_REASON);
    return blocking.call(
        () -> operations.request(id, projection, kind, options, reason, principal.actor()));
  }

  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @io.swagger.v3.oas.annotations.Operation(
      summary = "List operations",
      description = "Newest first.",
      parameters = {
        @Parameter(name = "projection", in = ParameterIn.QUERY, example = "work-items"),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "Operations",
      content =
          @Content(
              schema = @Schema(implementation = All.class),
              examples = @ExampleObject("{\"items\": [" + EXAMPLE + "]}")))
  Mono<All> list(@Parameter(hidden = true) ServerWebExchange exchange) {
    var asked =
        new RequestParameters(
            exchange.getRequest().getQueryParams(), Set.of("projection", "limit"));
    String projection = asked.text("projection").orElse(null);
    int limit = asked.limit();
    return blocking.call(() -> new All(operations.newest(projection, limit)));
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @io.swagger.v3.oas.annotations.Operation(
      summary = "Show an operation",
      description = "How far it is, and its result.")
  @ApiResponse(
      responseCode = "200",
      description = "The operation",
      content =
          @Content(
              schema = @Schema(implementation = Operation.class),
              examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such operation",
      content = @Content(mediaType = "application/problem+json"))
  Mono<Operation> one(
      @Parameter(example = ID) @PathVariable("id") String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters.none(exchange.getRequest().getQueryParams());
    UUID operation = parsed("id", "a UUID", id, UUID::fromString);
    return blocking.call(() -> operations.find(operation));
  }

  @PostMapping("/{id}/cancel")
  @RequiresPermission(Permission.MANAGE_PROJECTIONS)
  @io.swagger.v3.oas.annotations.Operation(
      summary = "Cancel an operation",
      description =
          "What has ended stays as it is. A node that is at it stops as soon as it can; until then the"
              + " operation is running.")
  @ApiResponse(
      responseCode = "200",
      description = "The operation as it stands now",
      content = @Content(schema = @Schema(implementation = Operation.class)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such operation",
      content = @Content(mediaType = "application/problem+json"))
  Mono<Operation> cancel(
      @Parameter(example = ID) @PathVariable("id") String id,
      @RequestBody Reason body,
      @Parameter(hidden = true) Principal principal) {
    UUID operation = parsed("id", "a UUID", id, UUID::fromString);
    String reason = required("reason", body.reason(), LONGEST_REASON);
    return blocking.call(() -> operations.cancel(operation, reason, principal.actor()));
  }

  private static String required(String name, @Nullable String value, int longest) {
    if (value == null || value.isBlank() || value.length() > longest) {
      throw RequestParameters.invalid(name, "1 to %d characters are required".formatted(longest));
    }
    return value;
  }

  private static <T> T parsed(
      String name, String expected, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw RequestParameters.invalid(name, expected + " expected");
    }
  }
}
