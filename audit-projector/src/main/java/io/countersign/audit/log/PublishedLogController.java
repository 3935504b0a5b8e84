package io.countersign.audit.log;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The published log as C2SP tlog-tiles serves it. */
@RestController
@RequestMapping(PublishedLogController.PREFIX)
@Tag(name = "Log", description = "Entries of the event log, as stored, and their verification")
class PublishedLogController {

  static final String PREFIX = "/api/v1/log/published";

  private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");

  private final PublishedLog published;
  private final Scheduler blocking;

  PublishedLogController(PublishedLog published, Scheduler blocking) {
    this.published = published;
    this.blocking = blocking;
  }

  @GetMapping("/checkpoint")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The newest signed checkpoint",
      description =
          "A signed note (C2SP tlog-checkpoint): origin, size and root of the tree over all entries"
              + " that are sealed. Keep it: later checkpoints have to be consistent with it.")
  @ApiResponse(responseCode = "200", description = "The note.")
  @ApiResponse(responseCode = "404", description = "Nothing is sealed yet.")
  Mono<ResponseEntity<byte[]>> checkpoint() {
    return file("checkpoint", TEXT, CacheControl.noCache());
  }

  @GetMapping("/vkey")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The key that verifies checkpoints",
      description =
          "A verifier key (C2SP signed-note). Whoever doubts this server takes it from elsewhere.")
  @ApiResponse(responseCode = "200", description = "One line.")
  @ApiResponse(responseCode = "404", description = "Nothing is sealed yet.")
  Mono<ResponseEntity<byte[]>> vkey() {
    return file("vkey", TEXT, CacheControl.noCache());
  }

  @GetMapping("/keys")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "All keys that ever signed checkpoints",
      description =
          "One line a key: the verifier key, the smallest and the largest size it signs, - while it"
              + " still does. countersign audit verify takes this file for --vkey. Whoever doubts"
              + " this server takes it from elsewhere.")
  @ApiResponse(
      responseCode = "200",
      description = "The policy.",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "countersign/6f1c0b6e+c74f20a3+ARpc2QcU... 1 4711\ncountersign/6f1c0b6e+530d903a+AekyeRrm... 4690 -\n")))
  @ApiResponse(responseCode = "404", description = "Nothing is sealed yet.")
  Mono<ResponseEntity<byte[]>> keys() {
    return file("keys", TEXT, CacheControl.noCache());
  }

  @GetMapping("/tile/**")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "A tile or a bundle of entries",
      description =
          "tile/LEVEL/INDEX[.p/WIDTH] and tile/entries/INDEX[.p/WIDTH] as C2SP tlog-tiles names"
              + " them. A partial one is removed when the full one is there.")
  @ApiResponse(responseCode = "200", description = "The bytes; they never change.")
  @ApiResponse(responseCode = "404", description = "There is no such file (yet, or any more).")
  Mono<ResponseEntity<byte[]>> tile(ServerWebExchange exchange) {
    String path = exchange.getRequest().getPath().value().substring(PREFIX.length() + 1);
    return TilePath.parse(path)
        .map(
            tile ->
                file(
                    tile.toString(),
                    MediaType.APPLICATION_OCTET_STREAM,
                    CacheControl.maxAge(Duration.ofDays(365)).immutable()))
        .orElseGet(() -> Mono.error(() -> missing("there is no tile of this name")));
  }

  private Mono<ResponseEntity<byte[]>> file(String name, MediaType type, CacheControl cache) {
    return Mono.fromCallable(() -> read(published.folder().resolve(name)))
        .subscribeOn(blocking)
        .map(bytes -> ResponseEntity.ok().contentType(type).cacheControl(cache).body(bytes));
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw missing("this is not published, or not any more");
    }
  }

  private static ProblemException missing(String why) {
    return new ProblemException(ProblemType.NOT_FOUND, why);
  }
}
