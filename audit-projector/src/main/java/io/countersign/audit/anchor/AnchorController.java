package io.countersign.audit.anchor;

import io.countersign.audit.publish.DurableFolder;
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
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Anchors and what they gave. */
@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Log", description = "Entries of the event log, as stored, and their verification")
class AnchorController {

  private static final String EVIDENCE =
      "[1-9][0-9]{0,18}-[a-z0-9][a-z0-9-]{0,39}\\.(tsr|checkpoint)";

  private final Anchoring anchoring;
  private final AnchoredEntries entries;
  private final DurableFolder folder;
  private final Scheduler blocking;

  AnchorController(
      Anchoring anchoring, AnchoredEntries entries, DurableFolder folder, Scheduler blocking) {
    this.anchoring = anchoring;
    this.entries = entries;
    this.folder = folder;
    this.blocking = blocking;
  }

  @GetMapping("/anchors")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Anchors: others who vouch for checkpoints",
      description =
          "Each with the size it vouched for last, as the log records it, and how it is doing on"
              + " this node. Only the node that seals asks them (here).")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"items":[{"name":"tsa","kind":"rfc3161","interval":600,"here":true,"size":4711,"anchoredAt":"2026-11-21T10:00:00.123456Z","failures":0,"lacking":[]}]}""")))
  Mono<AnchorView.Page> anchors() {
    return Mono.fromCallable(
            () -> new AnchorView.Page(anchoring.runners().stream().map(this::view).toList()))
        .subscribeOn(blocking);
  }

  @GetMapping("/published/anchors/{file}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "Evidence of an anchor",
      description =
          "SIZE-NAME.tsr is a time-stamp response (RFC 3161, DER) over the exact bytes of"
              + " SIZE-NAME.checkpoint; of a witness, SIZE-NAME.checkpoint is the cosigned"
              + " checkpoint.")
  @ApiResponse(responseCode = "200", description = "The bytes.", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is no such file.", content = @Content)
  Mono<ResponseEntity<byte[]>> evidence(
      @Parameter(description = "Name of the file", example = "4711-tsa.tsr") @PathVariable
          String file) {
    return Mono.fromCallable(() -> read(file))
        .subscribeOn(blocking)
        .map(
            bytes ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .cacheControl(CacheControl.noCache())
                    .body(bytes));
  }

  private byte[] read(String file) throws IOException {
    if (file.matches(EVIDENCE)) {
      byte[] bytes = folder.read(file).orElse(null);
      if (bytes != null) {
        return bytes;
      }
    }
    throw new ProblemException(ProblemType.NOT_FOUND, "there is no evidence of this name");
  }

  private AnchorView view(AnchorRunner runner) {
    Anchor anchor = runner.anchor();
    AnchorState state = runner.state();
    AnchoredEntries.Last last = entries.last(anchor.name()).orElse(null);
    return new AnchorView(
        anchor.name(),
        anchor.kind().word(),
        runner.interval().toSeconds(),
        runner.isHere(),
        last == null ? null : last.size(),
        last == null ? null : last.at(),
        state.failures(),
        state.failingSince(),
        state.why(),
        state.lacking());
  }
}
