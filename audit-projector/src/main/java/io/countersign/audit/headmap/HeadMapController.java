package io.countersign.audit.headmap;

import io.countersign.audit.headmap.HeadView.MapView;
import io.countersign.audit.proof.PublishedDamagedException;
import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Where an aggregate ends, with proof. */
@RestController
@RequestMapping("/api/v1/log")
@Tag(name = "Proofs", description = "What lets somebody check the log who trusts nobody here")
class HeadMapController {

  private static final Logger LOG = LoggerFactory.getLogger(HeadMapController.class);

  private final PublishedLog published;
  private final StoredHeads stored;
  private final HeadMaps maps;
  private final HeadMapSchedule schedule;
  private final Scheduler blocking;

  HeadMapController(
      PublishedLog published,
      StoredHeads stored,
      HeadMaps maps,
      HeadMapSchedule schedule,
      Scheduler blocking) {
    this.published = published;
    this.stored = stored;
    this.maps = maps;
    this.schedule = schedule;
    this.blocking = blocking;
  }

  /**
   * What recording a head map led to.
   *
   * @param recorded false when the newest map says it all already
   * @param map the newest one
   */
  record Recorded(boolean recorded, MapView map) {}

  @GetMapping("/heads/{aggregateId}")
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "The last entry of an aggregate, or that it has none, with proof",
      description =
          "Out of the newest head map that is sealed. With this proof, the entries of the aggregate"
              + " below the map's size are shown to be all of them; countersign audit complete does."
              + " Later entries are not covered until the next map.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(HeadMapExamples.HEAD)))
  @ApiResponse(
      responseCode = "404",
      description = "No head map is sealed yet, or not the one asked for",
      content = @Content)
  Mono<HeadView> head(
      @Parameter(description = "Which aggregate", example = "workitem:fabrikam:299") @PathVariable
          String aggregateId,
      @Parameter(description = "Index of the entry that records an older map", example = "4711")
          @RequestParam(required = false)
          @Nullable Long map) {
    if (aggregateId.getBytes(StandardCharsets.UTF_8).length > EntryCodec.MAX_STRING_BYTES) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "an aggregate id has at most %d bytes".formatted(EntryCodec.MAX_STRING_BYTES));
    }
    return blocking(() -> answer(aggregateId, map));
  }

  @PostMapping("/head-map")
  @RequiresPermission(Permission.MANAGE_AUDIT_LOG)
  @Operation(
      summary = "Record a head map now",
      description =
          "Appends an entry with the root of the map over all sealed entries, unless nothing but"
              + " housekeeping came since the newest one. It can be used when it is sealed itself.")
  @ApiResponse(
      responseCode = "200",
      description = "The newest one says it all",
      content = @Content(examples = @ExampleObject(HeadMapExamples.STILL)))
  @ApiResponse(
      responseCode = "201",
      description = "Recorded",
      content = @Content(examples = @ExampleObject(HeadMapExamples.RECORDED)))
  @ApiResponse(
      responseCode = "409",
      description = "Nothing is sealed yet, or another node seals this log",
      content = @Content)
  Mono<ResponseEntity<Recorded>> record(@Parameter(hidden = true) Principal principal) {
    return blocking(
        () -> {
          Optional<HeadMapRecorded> now = schedule.now(principal.actor());
          if (now.isPresent()) {
            return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Recorded(true, MapView.of(now.get())));
          }
          return stored
              .newest(Long.MAX_VALUE)
              .map(last -> ResponseEntity.ok(new Recorded(false, MapView.of(last.said()))))
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ProblemType.WRONG_STATE,
                          "Nothing is sealed yet that a head map could stand over."));
        });
  }

  private HeadView answer(String aggregateId, @Nullable Long map)
      throws IOException, HeadMapDamagedException {
    SealedTree sealed =
        SealedTree.newest(published).orElseThrow(() -> missing("nothing is sealed yet"));
    RecordedHeadMap recorded = recorded(sealed, map);
    ProofFile inclusion = sealed.file(recorded.index());
    if (!Arrays.equals(sealed.entry(recorded.index()), recorded.entry())) {
      throw new HeadMapDamagedException(
          recorded.index(), "the database holds another entry than the one that was sealed");
    }
    HeadMap heads = maps.of(recorded);
    return HeadView.of(
        aggregateId,
        heads.head(aggregateId).orElse(null),
        heads.prove(aggregateId),
        recorded,
        inclusion);
  }

  private RecordedHeadMap recorded(SealedTree sealed, @Nullable Long map)
      throws HeadMapDamagedException {
    if (map == null) {
      return stored
          .newest(sealed.size())
          .orElseThrow(
              () -> missing("no head map is sealed yet; POST /api/v1/log/head-map records one"));
    }
    return stored
        .recordedBy(map)
        .filter(found -> found.index() < sealed.size())
        .orElseThrow(
            () ->
                missing(
                    "entry %d is no head map, or not among the %d sealed"
                        .formatted(map, sealed.size())));
  }

  private <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work)
        .onErrorMap(HeadMapDamagedException.class, HeadMapController::damaged)
        .onErrorMap(PublishedDamagedException.class, HeadMapController::damaged)
        .subscribeOn(blocking);
  }

  private static ProblemException damaged(Exception e) {
    LOG.error("NO PROOF IS GIVEN: {}", e.getMessage());
    return new ProblemException(ProblemType.INTERNAL, String.valueOf(e.getMessage()));
  }

  private static ProblemException missing(String why) {
    return new ProblemException(ProblemType.NOT_FOUND, why);
  }
}
