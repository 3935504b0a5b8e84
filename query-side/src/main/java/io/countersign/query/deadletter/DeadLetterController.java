package io.countersign.query.deadletter;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersEvicted;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersRetried;
import io.countersign.query.deadletter.DeadLetterDesk.RetriedAll;
import io.countersign.query.deadletter.DeadLetterTable.Letter;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.PageCursor;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Dead letters over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Dead letters", description = "Events that a projection could not take")
public final class DeadLetterController {

  private static final int MOST_LETTERS = 200;
  private final DeadLetterTable table;
  private final DeadLetterDesk desk;
  private final BlockingCalls blocking;

  DeadLetterController(DeadLetterTable table, DeadLetterDesk desk, BlockingCalls blocking) {
    this.table = table;
    this.desk = desk;
    this.blocking = blocking;
  }

  /**
   * Parked sequences.
   *
   * @param items the oldest first
   * @param next what to ask for as {@code after} for more; absent when there is no more
   */
  @Schema(name = "ParkedSequences")
  record Page(List<ParkedSequence> items, @Nullable String next) {}

  /**
   * A parked sequence with its letters.
   *
   * @param sequence which, and what is wrong with its first event
   * @param stack classes of the error and its causes, with their frames; no messages
   * @param letters what waits, in order, at most 200: the very first one failed
   */
  @Schema(name = "ParkedSequenceWithLetters")
  record Shown(ParkedSequence sequence, String stack, List<Letter> letters) {}

  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List parked sequences",
      description =
          "The oldest first. In each, the first event failed and the others wait behind it.",
      parameters = {
        @Parameter(name = "projection", in = ParameterIn.QUERY, example = "work-items"),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50")),
        @Parameter(name = "after", in = ParameterIn.QUERY, description = "next of the page before")
      })
  @ApiResponse(
      responseCode = "200",
      description = "Parked sequences",
      content =
          @Content(
              schema = @Schema(implementation = Page.class),
              examples = @ExampleObject("{\"items\": [" + Examples.PARKED + "]}")))
  Mono<Page> list(@Parameter(hidden = true) ServerWebExchange exchange) {
    var asked =
        new RequestParameters(
            exchange.getRequest().getQueryParams(), Set.of("projection"), RequestParameters.PAGE);
    String projection = asked.text("projection").orElse(null);
    Optional<PageCursor> after = asked.after(DeadLetterTable.SORT);
    after.ifPresent(DeadLetterController::check);
    int limit = asked.limit();
    return blocking.call(
        () -> {
          List<ParkedSequence> found = table.page(projection, after, limit + 1);
          boolean more = found.size() > limit;
          List<ParkedSequence> items = more ? found.subList(0, limit) : found;
          return new Page(items, more ? DeadLetterTable.cursor(items.getLast()).encode() : null);
        });
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "Show a parked sequence",
      description =
          "What waits, and what went wrong with the first of it. Of what waits, 200 at once: ask again"
              + " with the entry of the last one.",
      parameters =
          @Parameter(
              name = "afterEntry",
              in = ParameterIn.QUERY,
              description = "Only what waits behind this entry",
              schema = @Schema(type = "integer", format = "int64", minimum = "0")))
  @ApiResponse(
      responseCode = "200",
      description = "The sequence",
      content =
          @Content(
              schema = @Schema(implementation = Shown.class),
              examples =
                  @ExampleObject(
                      "{\"sequence\": "
                          + Examples.PARKED
                          + ", \"stack\": \"...\", \"letters\": []}")))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such parked sequence",
      content = @Content(mediaType = "application/problem+json"))
  Mono<Shown> one(
      @Parameter(example = Examples.ID) @PathVariable("id") String id,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    var asked = new RequestParameters(exchange.getRequest().getQueryParams(), Set.of("afterEntry"));
    long after = asked.index("afterEntry").orElse(-1);
    UUID parked = Wanted.uuid("id", id);
    return blocking.call(
        () ->
            table
                .find(parked)
                .map(
                    one ->
                        new Shown(
                            one, table.stack(parked), table.letters(parked, after, MOST_LETTERS)))
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemType.NOT_FOUND,
                            "There is no such parked sequence; it may be over")));
  }

  @PostMapping("/{id}/retry")
  @RequiresPermission(Permission.MANAGE_PROJECTIONS)
  @Operation(
      summary = "Try a parked sequence again",
      description =
          "Its events are written in their order, in one transaction, up to the first that fails:"
              + " that one and those behind it go on waiting. An entry of the log says what came of"
              + " it.")
  @ApiResponse(
      responseCode = "200",
      description = "What came of it; left is 0 when nothing waits any more",
      content =
          @Content(
              schema = @Schema(implementation = DeadLettersRetried.class),
              examples = @ExampleObject(Examples.RETRIED)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such parked sequence",
      content = @Content(mediaType = "application/problem+json"))
  @ApiResponse(
      responseCode = "409",
      description = "This node knows no such processor, or the id belongs to another request",
      content = @Content(mediaType = "application/problem+json"))
  Mono<DeadLettersRetried> retry(
      @Parameter(example = Examples.ID) @PathVariable("id") String id,
      @RequestBody Wanted wanted,
      @Parameter(hidden = true) Principal principal) {
    UUID parked = Wanted.uuid("id", id);
    UUID request = wanted.request();
    String reason = wanted.why();
    return blocking.call(() -> desk.retry(request, parked, reason, principal.actor()));
  }

  @PostMapping("/retry")
  @RequiresPermission(Permission.MANAGE_PROJECTIONS)
  @Operation(
      summary = "Try all parked sequences again",
      description =
          "Each by itself, at most 100 for a request: while some are untried, ask again with the same"
              + " id. An entry of the log for each sequence says what came of it.")
  @ApiResponse(
      responseCode = "200",
      description = "What came of it",
      content =
          @Content(
              schema = @Schema(implementation = RetriedAll.class),
              examples = @ExampleObject(Examples.RETRIED_ALL)))
  @ApiResponse(
      responseCode = "409",
      description = "The id belongs to another request",
      content = @Content(mediaType = "application/problem+json"))
  Mono<RetriedAll> retryAll(
      @RequestBody Wanted wanted, @Parameter(hidden = true) Principal principal) {
    UUID request = wanted.request();
    String reason = wanted.why();
    return blocking.call(
        () -> desk.retryAll(request, wanted.projection(), reason, principal.actor()));
  }

  @PostMapping("/{id}/evict")
  @RequiresPermission(Permission.MANAGE_PROJECTIONS)
  @Operation(
      summary = "Give up what waits of a sequence",
      description =
          "The rows stay as they are, without these events, and verifying finds them diverged; what"
              + " comes later in the sequence is applied again. An entry of the log says which were"
              + " given up, by whom and why.")
  @ApiResponse(
      responseCode = "200",
      description = "What was given up",
      content =
          @Content(
              schema = @Schema(implementation = DeadLettersEvicted.class),
              examples = @ExampleObject(Examples.EVICTED)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such parked sequence",
      content = @Content(mediaType = "application/problem+json"))
  @ApiResponse(
      responseCode = "409",
      description = "The id belongs to another request",
      content = @Content(mediaType = "application/problem+json"))
  Mono<DeadLettersEvicted> evict(
      @Parameter(example = Examples.ID) @PathVariable("id") String id,
      @RequestBody Wanted wanted,
      @Parameter(hidden = true) Principal principal) {
    UUID parked = Wanted.uuid("id", id);
    UUID request = wanted.request();
    String reason = wanted.why();
    return blocking.call(() -> desk.evict(request, parked, reason, principal.actor()));
  }

  private static void check(PageCursor cursor) {
    try {
      OffsetDateTime.parse(cursor.value());
    } catch (DateTimeParseException e) {
      throw RequestParameters.invalid("after", "the next of a page in the same order expected");
    }
    Wanted.uuid("after", cursor.id());
  }
}
