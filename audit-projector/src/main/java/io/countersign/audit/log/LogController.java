package io.countersign.audit.log;

import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The log over HTTP, read from the database and nowhere else. */
@RestController
@RequestMapping(path = "/api/v1/log", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Log", description = "The chained log: every event is one entry")
final class LogController {

  private static final int MAX_LIMIT = 500;

  private final LogReader reader;
  private final Scheduler blocking;

  LogController(LogReader reader, Scheduler blocking) {
    this.reader = reader;
    this.blocking = blocking;
  }

  @GetMapping("/head")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Show the end of the log",
      description =
          "Last index and entry hash. The hash fixes every entry before it: note it somewhere else,"
              + " and nobody can rewrite the log up to here without it showing. Starting, stopping"
              + " and waiting append nothing.")
  @ApiResponse(
      responseCode = "200",
      description = "The head; only 'size' while the log is empty",
      content = @Content(examples = @ExampleObject(HEAD)))
  Mono<ResponseEntity<HeadView>> head() {
    return run(() -> HeadView.of(reader.head()))
        .map(head -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(head));
  }

  @GetMapping("/entries")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "List entries",
      description = "In order of index, without their bytes. Filters are combined with 'and'.")
  @ApiResponse(responseCode = "200", description = "A page")
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid",
      content = @Content(mediaType = "application/problem+json"))
  Mono<EntryView.Page> list(
      @Parameter(description = "First index", example = "0")
          @RequestParam(name = "from", defaultValue = "0")
          long from,
      @Parameter(description = "1 to 500", example = "50")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit,
      @Parameter(description = "Only of this aggregate", example = "workitem:fabrikam:297")
          @RequestParam(name = "aggregate", required = false)
          @Nullable String aggregate,
      @Parameter(description = "Only with this logical name", example = "workitem.StateChanged")
          @RequestParam(name = "name", required = false)
          @Nullable String name) {
    if (from < 0) {
      throw invalid("from: 0 or more expected");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit: 1 to " + MAX_LIMIT + " expected");
    }
    if (holdsNul(aggregate) || holdsNul(name)) {
      throw invalid("aggregate, name: no NUL character expected");
    }
    var filter = new LogReader.Filter(Optional.ofNullable(aggregate), Optional.ofNullable(name));
    return run(() -> page(reader.page(from, limit + 1, filter), limit));
  }

  @GetMapping("/entries/{index}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Show one entry with its bytes",
      description =
          "Entry bytes, payload and metadata as stored, in base64. What is personal in them is"
              + " sealed. Read from disk each time, never from a cache: what you see is what lies there.")
  @ApiResponse(responseCode = "200", description = "The entry")
  @ApiResponse(
      responseCode = "404",
      description = "The log has no such entry yet",
      content = @Content(mediaType = "application/problem+json"))
  Mono<ResponseEntity<EntryView.WithBytes>> one(
      @Parameter(example = "41") @PathVariable("index") long index) {
    return run(() -> index < 0 ? Optional.<StoredEntry>empty() : reader.entry(index))
        .map(found -> found.orElseThrow(() -> noEntry(index)))
        .map(EntryView.WithBytes::of)
        .map(entry -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(entry));
  }

  private static EntryView.Page page(List<StoredEntry> found, int limit) {
    boolean more = found.size() > limit;
    List<StoredEntry> shown = more ? found.subList(0, limit) : found;
    return new EntryView.Page(
        shown.stream().map(EntryView::of).toList(), more ? found.get(limit).index() : null);
  }

  private <T> Mono<T> run(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(blocking);
  }

  private static boolean holdsNul(@Nullable String text) {
    return text != null && text.indexOf('\0') >= 0;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }

  private static ProblemException noEntry(long index) {
    return new ProblemException(ProblemType.NOT_FOUND, "the log has no entry " + index);
  }

  private static final String HEAD =
      """
      {"size": 42, "index": 41,
       "entryHash": "5d2f6a3b0c1e4f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a",
       "recordedAt": "2026-11-20T19:21:03.558289Z"}
      """;
}
