package io.countersign.audit.log;

import io.countersign.audit.verify.LogVerification;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

/** The log over HTTP: read and recomputed from the stored bytes, never from a read model. */
@RestController
@RequestMapping(path = "/api/v1/log", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Log", description = "The chained log of everything that happened")
public final class LogController {

  private static final int MAX_PAGE = 500;
  private static final int MAX_STRETCH = 100_000;

  private final LogReader log;
  private final Scheduler blocking;

  /**
   * Answers from this log.
   *
   * @param blocking where reading, which blocks, may run
   */
  public LogController(LogReader log, Scheduler blocking) {
    this.log = log;
    this.blocking = blocking;
  }

  /** The end of the log. */
  @GetMapping("/head")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Show the head of the log",
      description =
          "Index and hash of the last entry. Keep it somewhere else: a later log that does not"
              + " continue it was rewritten. Starting, stopping and waiting append nothing.")
  public Mono<LogHeadView> head() {
    return call(() -> log.head().map(LogHeadView::of).orElse(LogHeadView.EMPTY));
  }

  /** A page of entries. */
  @GetMapping("/entries")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(summary = "List entries", description = "In order of index, oldest first.")
  @ApiResponse(responseCode = "200", description = "A page")
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<EntryPage> entries(
      @Parameter(description = "First index, from 0", example = "0")
          @RequestParam(name = "from", defaultValue = "0")
          long from,
      @Parameter(description = "At most so many, 1 to 500", example = "50")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit,
      @Parameter(description = "Only of this aggregate", example = "workitem:fabrikam:4711")
          @RequestParam(name = "aggregate")
          Optional<String> aggregate,
      @Parameter(description = "Only with this logical name", example = "workitem.StateChanged")
          @RequestParam(name = "name")
          Optional<String> name) {
    check("from", from, 0, Long.MAX_VALUE);
    check("limit", limit, 1, MAX_PAGE);
    checkText("aggregate", aggregate);
    checkText("name", name);
    return call(
        () -> {
          List<StoredEntry> rows = log.page(from, limit + 1, new LogReader.Filter(aggregate, name));
          return new EntryPage(
              rows.stream().limit(limit).map(EntryView::of).toList(),
              rows.size() > limit ? rows.getLast().index() : null);
        });
  }

  /** One entry. */
  @GetMapping("/entries/{index}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Show an entry",
      description =
          "With the entry bytes, the stored payload and metadata: enough to recompute its hash"
              + " elsewhere (docs/audit-log-format.md). The ETag is the stored entry hash.")
  @ApiResponse(responseCode = "200", description = "The entry")
  @ApiResponse(responseCode = "304", description = "It is the one you have")
  @ApiResponse(
      responseCode = "404",
      description = "The log has no such entry",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ResponseEntity<EntryDetail>> entry(
      @Parameter(description = "Index, from 0", example = "0") @PathVariable("index") long index) {
    return call(
        () ->
            log.entry(index)
                .map(
                    stored ->
                        ResponseEntity.ok()
                            .eTag("\"" + HexFormat.of().formatHex(stored.entryHash()) + "\"")
                            .cacheControl(CacheControl.noCache().cachePrivate())
                            .body(EntryDetail.of(stored)))
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemType.NOT_FOUND, "the log has no entry " + index)));
  }

  /** Recomputes a stretch of the log. */
  @GetMapping("/verification")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Verify a stretch of the log",
      description =
          "Recomputes every hash, link, digest and repeated column over the stored bytes, now."
              + " Entries cut off at the end, or a log rewritten as a whole, show only against a"
              + " head kept elsewhere.")
  public Mono<VerificationView> verification(
      @Parameter(description = "First index, from 0", example = "0")
          @RequestParam(name = "from", defaultValue = "0")
          long from,
      @Parameter(description = "At most so many entries, 1 to 100,000", example = "10000")
          @RequestParam(name = "limit", defaultValue = "10000")
          int limit) {
    check("from", from, 0, Long.MAX_VALUE);
    check("limit", limit, 1, MAX_STRETCH);
    return call(
        () -> {
          long head = log.head().map(LogHead::lastIndex).orElse(-1L);
          return VerificationView.of(LogVerification.stretch(log, from, limit), head);
        });
  }

  private <T> Mono<T> call(Callable<? extends T> reading) {
    return Mono.<T>fromCallable(reading).subscribeOn(blocking);
  }

  private static void check(String parameter, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          most == Long.MAX_VALUE
              ? "%s: %d or more".formatted(parameter, least)
              : "%s: %d to %d".formatted(parameter, least, most));
    }
  }

  private static void checkText(String parameter, Optional<String> value) {
    if (value.isPresent() && (value.get().isEmpty() || value.get().indexOf('\0') >= 0)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, parameter + ": not empty, without NUL characters");
    }
  }
}
