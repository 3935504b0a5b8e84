package io.countersign.audit.bundle;

import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
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
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Bundles of evidence. */
@RestController
@RequestMapping("/api/v1/log/bundles")
@Tag(name = "Proofs", description = "What lets somebody check the log who trusts nobody here")
class BundleController {

  private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
  private static final String ABOUT =
      "A zip with entries, payloads and metadata as stored (ciphertext included), a proof each, the"
          + " newest checkpoint, what shows that these are all entries of the aggregate, which were"
          + " erased, and a README. countersign audit verify checks it without network; at most"
          + " 10,000 entries and 512 MiB.";

  private final BundleWriter writer;
  private final Scheduler blocking;
  private final Semaphore slots = new Semaphore(2);

  BundleController(BundleWriter writer, Scheduler blocking) {
    this.writer = writer;
    this.blocking = blocking;
  }

  @GetMapping
  @RequiresPermission(Permission.READ_LOG)
  @Operation(summary = "Evidence about an aggregate or a range of entries", description = ABOUT)
  @ApiResponse(responseCode = "200", description = "The zip.")
  @ApiResponse(
      responseCode = "404",
      description = "Nothing is sealed there yet",
      content = @Content)
  @ApiResponse(responseCode = "413", description = "Ask for parts", content = @Content)
  Mono<ResponseEntity<Flux<DataBuffer>>> bundle(
      @Parameter(description = "All sealed entries of it", example = "workitem:fabrikam:299")
          @RequestParam(required = false)
          @Nullable String aggregate,
      @Parameter(description = "First index", example = "0") @RequestParam(required = false)
          @Nullable Long from,
      @Parameter(description = "Index after the last", example = "100")
          @RequestParam(required = false)
          @Nullable Long to) {
    return answer(request(aggregate, from, to, null));
  }

  @PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The same, with proof that the log grew from a checkpoint you have",
      description = ABOUT + " The body is the older checkpoint.")
  @ApiResponse(responseCode = "200", description = "The zip.")
  @ApiResponse(
      responseCode = "409",
      description = "The log did not grow from this checkpoint",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"type":"/problems/conflict","title":"This does not go together with what is there","status":409,"detail":"the older checkpoint is not one that this log grew from"}""")))
  Mono<ResponseEntity<Flux<DataBuffer>>> bundleSince(
      @RequestParam(required = false) @Nullable String aggregate,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      @RequestBody String older) {
    try {
      SignedNote note = SignedNote.parse(older.getBytes(StandardCharsets.UTF_8));
      return answer(request(aggregate, from, to, note));
    } catch (NoteFormatException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "the body is no signed checkpoint: " + e.getMessage());
    }
  }

  private static BundleRequest request(
      @Nullable String aggregate,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable SignedNote note) {
    if (aggregate != null && from == null && to == null) {
      if (aggregate.getBytes(StandardCharsets.UTF_8).length <= EntryCodec.MAX_STRING_BYTES) {
        return new BundleRequest(aggregate, 0, Long.MAX_VALUE, note);
      }
    } else if (aggregate == null && from != null && to != null && from >= 0 && from < to) {
      return new BundleRequest(null, from, to, note);
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST,
        "give either aggregate, or from and to: 0 or more, and to greater than from");
  }

  private Mono<ResponseEntity<Flux<DataBuffer>>> answer(BundleRequest request) {
    return Mono.fromCallable(() -> write(request))
        .subscribeOn(blocking)
        .onErrorMap(BundleRefusedException.class, BundleController::problem)
        .map(
            file ->
                ResponseEntity.ok()
                    .contentType(ZIP)
                    .header(
                        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"evidence.zip\"")
                    .body(content(file)));
  }

  /** Written to the disk first: an answer that began could no longer become a refusal. */
  private Path write(BundleRequest request) throws IOException, BundleRefusedException {
    if (!slots.tryAcquire()) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "two bundles are being written already; ask again");
    }
    Path file = Files.createTempFile("countersign-bundle", ".zip");
    boolean whole = false;
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.write(request, out);
      whole = true;
      return file;
    } finally {
      slots.release();
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Flux<DataBuffer> content(Path file) {
    return DataBufferUtils.read(file, DefaultDataBufferFactory.sharedInstance, 64 * 1024)
        .doFinally(_ -> delete(file));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      file.toFile().deleteOnExit();
    }
  }

  private static ProblemException problem(BundleRefusedException e) {
    return new ProblemException(
        switch (e.reason()) {
          case NOTHING_SEALED -> ProblemType.NOT_FOUND;
          case TOO_LARGE -> ProblemType.TOO_LARGE;
          case BAD_OLDER_CHECKPOINT -> ProblemType.CONFLICT;
          case DAMAGED -> ProblemType.INTERNAL;
        },
        String.valueOf(e.getMessage()));
  }
}
