package io.countersign.audit.log;

import io.countersign.audit.verify.PurgedPayloads;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Filter;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The log as it is stored. Reads only; starting, asking and waiting append nothing. */
@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Log", description = "Entries of the event log, as stored, and their verification")
class LogController {

  private static final int MAX_PAGE = 1_000;
  private static final int MAX_PAYLOADS = 200;
  private static final int MAX_VERIFIED = 100_000;

  private final LogReader reader;
  private final Scheduler blocking;

  LogController(LogReader reader, Scheduler blocking) {
    this.reader = reader;
    this.blocking = blocking;
  }

  @GetMapping("/head")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The end of the log",
      description =
          "Size, last index and hash of the last entry. Note it elsewhere: entries cut off at the"
              + " end show only to somebody who knows an earlier head.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"size":4711,"lastIndex":4710,"entryHash":"2fb1b27a7d7e147d281c72fa10e867ddb72d1b67a2d570e59d6190b117bf9199","recordedAt":"2026-11-20T10:00:00.123456Z"}""")))
  Mono<LogHeadView> head() {
    return blocking(
        () ->
            reader
                .head()
                .map(
                    head ->
                        new LogHeadView(
                            head.lastIndex() + 1,
                            head.lastIndex(),
                            HexFormat.of().formatHex(head.entryHash()),
                            head.recordedAt()))
                .orElseGet(() -> new LogHeadView(0, null, null, null)));
  }

  @GetMapping("/entries")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Entries in order of index",
      description =
          "Pages by index: ask again with from = next until next is absent. A page with payloads"
              + " ends early when they are large, 4 MiB in all.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"items":[{"index":0,"entryHash":"2fb1b27a7d7e147d281c72fa10e867ddb72d1b67a2d570e59d6190b117bf9199","aggregateType":"WorkItem","aggregateId":"workitem:fabrikam:299","sequence":0,"eventId":"0b0f8a3e-2f6a-5c55-8f3e-5d2a0b9c7e10","name":"workitem.Registered","revision":"1","occurredAt":"2026-11-20T10:00:00Z","recordedAt":"2026-11-20T10:00:00.123456Z","actor":"source:azure-devops","correlationId":"d7c1d2ce-9e5e-4d3b-8c8d-0b2f2c3a4d5e","causationId":"8a6f1f52-0a2e-5b7e-9f7c-6f4b8f1f2d3c"}],"next":1}""")))
  Mono<EntryPageView> entries(
      @Parameter(description = "First index", example = "0") @RequestParam(defaultValue = "0")
          long from,
      @Parameter(description = "1 to 1000", example = "100") @RequestParam(defaultValue = "100")
          int limit,
      @Parameter(description = "Only this aggregate", example = "workitem:fabrikam:299")
          @RequestParam(required = false)
          @Nullable String aggregate,
      @Parameter(description = "Only this logical name", example = "workitem.StateChanged")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(
              description =
                  "With the stored payload of each, ciphertext as it is; then limit is 1 to 200",
              example = "false")
          @RequestParam(defaultValue = "false")
          boolean payload) {
    check(from, limit, payload ? MAX_PAYLOADS : MAX_PAGE);
    var filter = new Filter(Optional.ofNullable(aggregate), Optional.ofNullable(name));
    return blocking(
        () -> {
          List<StoredEntry> found = reader.page(from, limit + 1, filter);
          return payload
              ? EntryPageView.withPayloads(found, limit)
              : EntryPageView.of(found, limit);
        });
  }

  @GetMapping("/entries/{index}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "One entry in full",
      description =
          "Columns, entry bytes, what they say, and payload and metadata as stored: ciphertext"
              + " stays ciphertext. Where the text was purged, the payload is what is left, and"
              + " purgedBy the entry that says so. The ETag is the entry hash and whether it was.")
  @ApiResponse(responseCode = "200")
  @ApiResponse(responseCode = "304", description = "It is the one you have", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is no such entry", content = @Content)
  Mono<ResponseEntity<EntryDetailView>> entry(
      @Parameter(description = "Index, from 0", example = "0") @PathVariable long index,
      ServerWebExchange exchange) {
    check(index, 1, 1);
    return blocking(
            () -> {
              StoredEntry stored = reader.entry(index).orElseThrow(() -> missing(index));
              return new Shown(stored, PurgedPayloads.by(reader, stored));
            })
        .map(
            shown -> {
              StoredEntry stored = shown.stored();
              String etag = EntryDetailView.etag(stored, shown.purgedBy());
              if (exchange.checkNotModified(etag)) {
                return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
              }
              return ResponseEntity.ok()
                  .eTag(etag)
                  .body(EntryDetailView.of(stored, shown.purgedBy()));
            });
  }

  @GetMapping("/verification")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Verify a part of the log",
      description =
          "Recomputes hashes, links, sequences and digests from the stored bytes. The entry before"
              + " from is taken as given. Go on with from = next; countersign log verify does the"
              + " whole log at one snapshot.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"checkedFrom":0,"checkedTo":4710,"entries":4711,"findings":[{"index":17,"code":"PAYLOAD_DIGEST_MISMATCH","words":"the stored payload does not have the digest in the entry"}],"verdict":"DAMAGED"}""")))
  Mono<VerificationView> verification(
      @Parameter(description = "First index to verify", example = "0")
          @RequestParam(defaultValue = "0")
          long from,
      @Parameter(description = "How many entries at most, 1 to 100000", example = "10000")
          @RequestParam(defaultValue = "10000")
          int limit) {
    check(from, limit, MAX_VERIFIED);
    return blocking(() -> VerifiedPart.of(reader, from, limit));
  }

  /** An entry and the one that says its text was removed. */
  private record Shown(StoredEntry stored, OptionalLong purgedBy) {}

  private <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(blocking);
  }

  private static void check(long from, int limit, int most) {
    if (from < 0 || limit < 1 || limit > most) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "an index is 0 or more, limit is 1 to " + most);
    }
  }

  private static ProblemException missing(long index) {
    return new ProblemException(ProblemType.NOT_FOUND, "the log has no entry " + index);
  }
}
