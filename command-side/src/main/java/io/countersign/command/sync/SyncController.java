package io.countersign.command.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.command.automation.IntentDesk;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is to be written to the source and is not yet, and conflicts that wait for a decision. */
@RestController
@RequestMapping("/api/v1/sync")
@Tag(
    name = "Sync",
    description = "What is to be written to Azure DevOps, and what stands against it")
final class SyncController {

  private static final List<String> KINDS = List.of(ToWrite.KIND, ToDecide.KIND);
  private static final int MAX_LIMIT = 500;
  private static final int MAX_REASON = 500;
  private static final String EXAMPLE =
      "{\"id\":\"0f8b5d0a-1c7e-5a42-9d3f-5a6b7c8d9e0f\",\"kind\":\"write\","
          + "\"workItem\":\"workitem:fabrikam:4711\",\"to\":\"Ready\",\"status\":\"waiting\","
          + "\"reason\":\"unavailable\",\"since\":\"2026-11-21T20:00:00Z\","
          + "\"nextTry\":\"2026-11-21T20:00:40Z\",\"entryIndex\":4711}";

  private final IntentDesk desk;
  private final OperatorCommands commands;
  private final LogReader log;

  SyncController(IntentDesk desk, OperatorCommands commands, LogReader log) {
    this.desk = desk;
    this.commands = commands;
    this.log = log;
  }

  @GetMapping("/pending")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List what is to be written to the source",
      description =
          "The oldest first: writes that wait or have failed, with the reason, and conflicts that"
              + " somebody has to decide. The reason not-configured says that there is no"
              + " connection to the organization: such a transition holds once the source reports"
              + " it.")
  @ApiResponse(
      responseCode = "200",
      description = "What waits",
      content = @Content(examples = @ExampleObject("{\"items\":[" + EXAMPLE + "]}")))
  Mono<Page> pending(
      @Parameter(description = "1 to 500", example = "100")
          @RequestParam(name = "limit", defaultValue = "100")
          int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit must be from 1 to " + MAX_LIMIT);
    }
    return OnVirtualThread.call(
        () -> new Page(desk.standing(KINDS, limit).stream().map(SyncController::pending).toList()));
  }

  @PostMapping("/pending/{id}/retry")
  @RequiresPermission(Permission.MANAGE_AUTOMATIONS)
  @Operation(summary = "Try a write now", description = "Whether it waits or has failed.")
  @ApiResponse(
      responseCode = "200",
      description = "It is tried",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "404", description = "Nothing of that id waits")
  Mono<Pending> retry(
      @PathVariable("id") UUID id,
      @RequestBody Reason reason,
      @Parameter(hidden = true) Principal principal) {
    String why = checked(reason.reason());
    return OnVirtualThread.call(
        () -> {
          Pending found = pending(standing(id));
          if (!desk.retry(id, principal.name(), why)) {
            throw over(id);
          }
          return found;
        });
  }

  @PostMapping("/pending/{id}/drop")
  @RequiresPermission(Permission.MANAGE_AUTOMATIONS)
  @Operation(
      summary = "Give up a write",
      description =
          "It is recorded as abandoned, with you as who decided it and the reason sealed. What the"
              + " source has stays. A conflict is not dropped but decided.")
  @ApiResponse(
      responseCode = "200",
      description = "It is not written",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      "{\"id\":\"0f8b5d0a-1c7e-5a42-9d3f-5a6b7c8d9e0f\",\"atLeast\":4712}")))
  @ApiResponse(responseCode = "404", description = "Nothing of that id waits")
  @ApiResponse(responseCode = "409", description = "It is a conflict")
  Mono<Dropped> drop(
      @PathVariable("id") UUID id,
      @RequestBody Reason reason,
      @Parameter(hidden = true) Principal principal) {
    String why = checked(reason.reason());
    return OnVirtualThread.call(() -> drop(id, why, principal));
  }

  private Dropped drop(UUID id, String why, Principal principal) throws Exception {
    IntentDesk.Standing found = standing(id);
    if (!found.intent().kind().equals(ToWrite.KIND)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "This is a conflict: decide it, for ours or for theirs");
    }
    ToWrite what = IntentPayloads.read(found.intent(), ToWrite.class);
    WorkItemId workItem = WorkItemId.parse(what.workItem());
    commands.send(
        new AbandonWrite(
            workItem,
            WorkItemState.of(what.to()),
            "dropped",
            SealedText.of(workItem.keyOwner(), Purpose.CONTENT, why)),
        principal);
    desk.drop(id, principal.name(), "dropped, see the log");
    return new Dropped(id, log.head().map(LogHead::lastIndex).orElse(null));
  }

  private IntentDesk.Standing standing(UUID id) {
    return desk.find(KINDS, id).orElseThrow(() -> over(id));
  }

  private static ProblemException over(UUID id) {
    return new ProblemException(ProblemType.NOT_FOUND, "Nothing with the id " + id + " waits");
  }

  private static Pending pending(IntentDesk.Standing standing) {
    var intent = standing.intent();
    if (intent.kind().equals(ToDecide.KIND)) {
      ToDecide what = IntentPayloads.read(intent, ToDecide.class);
      return new Pending(
          intent.id(),
          "conflict",
          what.workItem(),
          what.wanted(),
          what.conflict(),
          what.sourceTheirs(),
          standing.status(),
          standing.code(),
          intent.due(),
          null,
          intent.entryIndex());
    }
    ToWrite what = IntentPayloads.read(intent, ToWrite.class);
    return new Pending(
        intent.id(),
        what.brokenRule() == null ? "write" : "reversal",
        what.workItem(),
        what.to(),
        null,
        null,
        standing.status(),
        standing.code(),
        intent.due(),
        standing.status().equals("waiting") ? standing.nextAt() : null,
        intent.entryIndex());
  }

  private static String checked(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw invalid("reason is required, at most " + MAX_REASON + " characters");
    }
    return reason.strip();
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }

  /** Why somebody does it. */
  record Reason(@Nullable String reason) {}

  /** What waits. */
  record Page(List<Pending> items) {}

  /**
   * Something that is not written yet.
   *
   * @param id to retry or drop it by
   * @param kind write, reversal or conflict
   * @param workItem the work item
   * @param to canonical state wanted
   * @param conflict id to decide it by, for a conflict
   * @param theirs the source's state, for a conflict
   * @param status waiting or failed
   * @param reason why it was not done yet
   * @param since when it was decided
   * @param nextTry when it is tried next
   * @param entryIndex entry of the event that asks for it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pending(
      UUID id,
      String kind,
      String workItem,
      String to,
      @Nullable String conflict,
      @Nullable String theirs,
      String status,
      @Nullable String reason,
      Instant since,
      @Nullable Instant nextTry,
      long entryIndex) {}

  /** The answer to a drop. */
  record Dropped(UUID id, @Nullable Long atLeast) {}
}
