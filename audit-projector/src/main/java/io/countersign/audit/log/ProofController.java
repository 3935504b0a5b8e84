package io.countersign.audit.log;

import io.countersign.audit.proof.PublishedDamagedException;
import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** Proofs out of the published tiles, and the checkpoint they lead to. */
@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Proofs", description = "What lets somebody check the log who trusts nobody here")
class ProofController {

  private static final Logger LOG = LoggerFactory.getLogger(ProofController.class);
  private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");
  private static final int MAX_WAIT = 10;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final PublishedLog published;
  private final Scheduler blocking;

  ProofController(PublishedLog published, Scheduler blocking) {
    this.published = published;
    this.blocking = blocking;
  }

  @GetMapping("/checkpoints/latest")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The newest signed checkpoint",
      description =
          "What it says, and the note itself: keep that. Later checkpoints must be consistent with it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(ProofExamples.CHECKPOINT)))
  @ApiResponse(responseCode = "404", description = "Nothing is sealed yet", content = @Content)
  Mono<ResponseEntity<CheckpointView>> latest() {
    return blocking(() -> CheckpointView.of(newest()))
        .map(view -> ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(view));
  }

  @GetMapping("/proofs/inclusion")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "That an entry is in the log",
      description =
          "The path of RFC 9162 §2.1.3 from the entry's hash to the root of the log at a size, by"
              + " default that of the newest checkpoint, which then is given as well. With wait, an"
              + " entry that was just appended is waited for until it is sealed.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(ProofExamples.INCLUSION)))
  @ApiResponse(
      responseCode = "404",
      description = "It is not sealed (yet); sealedSize says how much is",
      content = @Content)
  Mono<InclusionView> inclusion(
      @Parameter(description = "Index of the entry, from 0", example = "2") @RequestParam
          long index,
      @Parameter(description = "Entries of the log to prove it in, above the index", example = "3")
          @RequestParam(required = false)
          @Nullable Long size,
      @Parameter(description = "Seconds to wait until it is sealed, 0 to 10", example = "5")
          @RequestParam(defaultValue = "0")
          int wait) {
    check(index >= 0 && index < Long.MAX_VALUE, "an index is 0 or more, below 2^63 - 1");
    check(size == null || size > index, "size is above the index");
    check(wait >= 0 && wait <= MAX_WAIT, "wait is 0 to %d seconds".formatted(MAX_WAIT));
    long needed = size == null ? index + 1 : size;
    return blocking(
        () -> {
          SealedTree tree = sealed(needed, Duration.ofSeconds(wait));
          return InclusionView.of(tree, index, size == null ? tree.size() : size);
        });
  }

  @GetMapping("/proofs/{index}.tlog-proof")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "That an entry is in the log, as a file",
      description =
          "C2SP tlog-proof with the newest checkpoint; the entry's bytes are its extra."
              + " countersign audit check-proof and other tools verify it offline.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/plain", examples = @ExampleObject(ProofExamples.FILE)))
  @ApiResponse(
      responseCode = "404",
      description = "It is not sealed (yet); sealedSize says how much is",
      content = @Content)
  Mono<ResponseEntity<byte[]>> file(
      @Parameter(description = "Index of the entry, from 0", example = "2") @PathVariable
          long index,
      @Parameter(description = "Seconds to wait until it is sealed, 0 to 10", example = "5")
          @RequestParam(defaultValue = "0")
          int wait) {
    check(index >= 0 && index < Long.MAX_VALUE, "an index is 0 or more, below 2^63 - 1");
    check(wait >= 0 && wait <= MAX_WAIT, "wait is 0 to %d seconds".formatted(MAX_WAIT));
    return blocking(() -> sealed(index + 1, Duration.ofSeconds(wait)).file(index).bytes())
        .map(bytes -> ResponseEntity.ok().contentType(TEXT).body(bytes));
  }

  @GetMapping("/proofs/consistency")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "That the log only grew",
      description =
          "The path of RFC 9162 §2.1.4 between two sizes, and both roots. Compare the older root with"
              + " the checkpoint you kept.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(ProofExamples.CONSISTENCY)))
  @ApiResponse(
      responseCode = "404",
      description = "Not so much is sealed (yet); sealedSize says how much is",
      content = @Content)
  Mono<ConsistencyView> consistency(
      @Parameter(description = "Size of the checkpoint you kept, 1 or more", example = "2")
          @RequestParam
          long from,
      @Parameter(description = "The later size; by default the newest one", example = "3")
          @RequestParam(required = false)
          @Nullable Long to) {
    check(from >= 1, "from is 1 or more: every log grew from an empty one");
    check(to == null || to >= from, "to is not below from");
    return blocking(
        () -> {
          SealedTree tree = sealed(to == null ? from : to, Duration.ZERO);
          return ConsistencyView.of(tree, from, to == null ? tree.size() : to);
        });
  }

  private SealedTree newest() throws IOException {
    return SealedTree.newest(published).orElseThrow(() -> notSealed("nothing is sealed yet", 0));
  }

  /** The newest tree, once it has a size; looked for again until then. */
  private SealedTree sealed(long size, Duration wait) throws IOException, InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      Optional<SealedTree> tree = SealedTree.newest(published);
      if (tree.isPresent() && tree.get().size() >= size) {
        return tree.get();
      }
      if (System.nanoTime() >= end) {
        long sealed = tree.map(SealedTree::size).orElse(0L);
        throw notSealed("%d entries are sealed, %d are asked for".formatted(sealed, size), sealed);
      }
      Thread.sleep(LOOK); // on a virtual thread
    }
  }

  private <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work)
        .onErrorMap(
            PublishedDamagedException.class,
            e -> {
              LOG.error("NO PROOF IS GIVEN: {}", e.getMessage());
              return new ProblemException(ProblemType.INTERNAL, String.valueOf(e.getMessage()));
            })
        .subscribeOn(blocking);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, rule);
    }
  }

  private static ProblemException notSealed(String why, long sealed) {
    return new ProblemException(ProblemType.NOT_FOUND, why, Map.of("sealedSize", sealed));
  }
}
