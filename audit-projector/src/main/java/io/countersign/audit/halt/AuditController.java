package io.countersign.audit.halt;

import io.countersign.audit.seal.DecisionRefusedException;
import io.countersign.audit.seal.Sealing;
import io.countersign.kernel.Actor;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How the sealed log stands, and the decisions about it. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "How the sealed log stands, and decisions about it")
class AuditController {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_REASON = 500;

  private final AuditStatus status;
  private final Sealing sealing;
  private final Scheduler blocking;

  AuditController(AuditStatus status, Sealing sealing, Scheduler blocking) {
    this.status = status;
    this.sealing = sealing;
    this.blocking = blocking;
  }

  /**
   * A decision.
   *
   * @param reason why, in the words of who decides; recorded in the log. One line, no personal data
   */
  record Decision(@Nullable String reason) {}

  /**
   * What came of it.
   *
   * @param done in a sentence
   */
  record Outcome(String done) {}

  @GetMapping("/status")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "How the sealed log stands",
      description =
          "What is sealed and what is not yet, by which keys, and, while the log is halted, why and"
              + " what can be done.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"state":"halted","origin":"countersign/6f1c0b6e-8f39-4a55-93a1-3f2a1c0d9e11","folder":"/data/audit/log","sealedEntries":4711,"unsealedEntries":0,"checkpointAgeSeconds":86.2,"keys":[{"vkey":"countersign/6f1c0b6e-8f39-4a55-93a1-3f2a1c0d9e11+c74f20a3+ARpc2QcU...","firstSize":1}],"halted":{"reason":"ROLLED_BACK","index":4200,"words":"the database ends before what was sealed: it was restored from an older state, entry 4200: 4711 entries were sealed. What can be done: ...","node":"node-1/4711","since":"2026-11-21T10:00:00Z"}}""")))
  Mono<AuditStatusView> status() {
    return Mono.fromCallable(status::view).subscribeOn(blocking);
  }

  @PostMapping("/resume")
  @RequiresPermission(Permission.MANAGE_AUDIT_LOG)
  @Operation(
      summary = "Go on after a halt that was set right",
      description =
          "Checks everything again: the key, the published files, that the database holds what was"
              + " sealed, and the entries since. Only if all is sound again the halt is lifted.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "{\"done\":\"the log is sound again, and goes on with 4,711 entries sealed\"}")))
  @ApiResponse(responseCode = "409", description = "It is not sound yet, or another node seals.")
  Mono<Outcome> resume(
      @RequestBody Decision decision, @Parameter(hidden = true) Principal principal) {
    return decide(sealing::resume, decision, principal);
  }

  @PostMapping("/restart")
  @RequiresPermission(Permission.MANAGE_AUDIT_LOG)
  @Operation(
      summary = "Begin the log anew from what the database holds",
      description =
          "For a database that was rolled back or holds another history than was signed. From now on"
              + " it is sealed under another origin and published in another folder; the one before"
              + " stays as evidence. Cannot be undone.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "{\"done\":\"the log goes on as countersign/6f1c0b6e/2 in /data/audit/log-2; 4,200 entries are the same as before. Give auditors its new key line\"}")))
  @ApiResponse(
      responseCode = "409",
      description = "There is nothing to begin anew, or another node seals.")
  Mono<Outcome> restart(
      @RequestBody Decision decision, @Parameter(hidden = true) Principal principal) {
    return decide(sealing::restart, decision, principal);
  }

  @PostMapping("/key-rotation")
  @RequiresPermission(Permission.MANAGE_AUDIT_LOG)
  @Operation(
      summary = "Let a new key sign",
      description =
          "Both keys sign the statement and, until the overlap is over, all checkpoints. Give"
              + " auditors the file keys of the published folder.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "{\"done\":\"a new key signs: countersign/6f1c0b6e+530d903a+AekyeRrm...\"}")))
  @ApiResponse(
      responseCode = "409",
      description = "A rotation is under way, no new key is at hand, or another node seals.")
  Mono<Outcome> rotateKey(
      @RequestBody Decision decision, @Parameter(hidden = true) Principal principal) {
    return decide(sealing::rotateKey, decision, principal);
  }

  private static Mono<Outcome> decide(
      BiFunction<String, Actor, CompletableFuture<String>> what,
      Decision decision,
      Principal principal) {
    return Mono.defer(() -> Mono.fromFuture(what.apply(reason(decision), principal.actor())))
        .timeout(PATIENCE)
        .map(Outcome::new)
        .onErrorMap(DecisionRefusedException.class, e -> refused(String.valueOf(e.getMessage())))
        .onErrorMap(
            TimeoutException.class,
            _ ->
                refused(
                    "another node with the role audit seals this log, or the database is away: ask"
                        + " that node, or again later"));
  }

  private static String reason(Decision decision) {
    String reason = decision.reason() == null ? "" : decision.reason().strip();
    if (reason.isEmpty()
        || reason.length() > LONGEST_REASON
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "reason is required: one line, at most 500 characters");
    }
    return reason;
  }

  private static ProblemException refused(String why) {
    return new ProblemException(ProblemType.WRONG_STATE, why);
  }
}
