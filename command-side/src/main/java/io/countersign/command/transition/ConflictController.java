package io.countersign.command.transition;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.WorkItemId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Deciding which side of a conflict holds. */
@RestController
@Tag(
    name = "Sync",
    description = "What is to be written to Azure DevOps, and what stands against it")
public class ConflictController {

  private final GateDesk desk;

  /** Takes it to the work item. */
  public ConflictController(GateDesk desk) {
    this.desk = desk;
  }

  /** Decides a conflict. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/conflicts/{conflict}",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.REQUEST_TRANSITION)
  @Operation(
      summary = "Decide a conflict",
      description =
          "Both sides moved the work item. With theirs, what we asked for is given up. With ours, it"
              + " is asked for again by you, from the state the source has now: the policy judges it"
              + " as any request.")
  @ApiResponse(
      responseCode = "200",
      description = "Decided",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @MayBeRefused
  public Mono<GateDesk.Done> decide(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("conflict") String conflict,
      @RequestBody Choice choice,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(conflict);
    ConflictResolution keep = keep(choice.keep());
    SealedText reason = GateInput.sealed(workItem, choice.reason(), "/reason");
    return OnVirtualThread.call(
        () -> {
          var command =
              new ResolveConflict(
                  workItem,
                  which,
                  keep,
                  principal.actor(),
                  reason,
                  false,
                  desk.basis(workItem, principal));
          if (desk.send(command, principal) instanceof GateAnswer.Recorded done) {
            return new GateDesk.Done(
                workItem.toString(), done.id(), done.revision(), desk.atLeast());
          }
          throw new IllegalStateException("a conflict was answered with something else");
        });
  }

  private static ConflictResolution keep(@Nullable String word) {
    try {
      return ConflictResolution.of(word == null ? "" : word);
    } catch (IllegalArgumentException _) {
      throw GateInput.problem("/keep", "ours or theirs expected");
    }
  }

  /**
   * A decision.
   *
   * @param keep ours or theirs
   * @param reason why; sealed
   */
  public record Choice(
      @Schema(example = "ours") @Nullable String keep,
      @Schema(example = "The change on the board was a slip") @Nullable String reason) {}
}
