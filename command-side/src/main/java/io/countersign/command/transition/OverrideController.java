package io.countersign.command.transition;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.RefuseOverride;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
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

/** Letting a transition pass although something is missing. */
@RestController
@Tag(name = "Gates", description = "What transitions of a work item need, and who decides it")
public class OverrideController {

  private final GateDesk desk;

  /** Takes it to the work item. */
  public OverrideController(GateDesk desk) {
    this.desk = desk;
  }

  /** Asks for an override. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/overrides",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Ask for an override",
      description =
          "For a transition the policy has, but for which something is missing. It takes a"
              + " justification and, as the policy says, a second person; then the transition can be"
              + " asked for. The decision names what was missing and the override.")
  @ApiResponse(
      responseCode = "200",
      description = "Recorded",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @MayBeRefused
  public Mono<GateDesk.Done> request(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @RequestBody Asked asked,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    WorkItemState to = GateInput.state(asked.to());
    String justification = GateInput.text(asked.justification(), "/justification");
    SealedText sealed = GateInput.sealed(workItem, justification, "/justification");
    int length = justification.codePointCount(0, justification.length());
    UUID newId = desk.newId();
    return desk.decide(
        workItem,
        principal,
        basis -> new RequestOverride(workItem, newId, to, sealed, length, basis));
  }

  /** Agrees to an override. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/overrides/{override}/confirm",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Agree to an override",
      description = "As the second person: never who asked for it, under whatever name.")
  @ApiResponse(
      responseCode = "200",
      description = "Agreed, now or before",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @MayBeRefused
  public Mono<GateDesk.Done> confirm(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("override") String override,
      @RequestBody DocumentController.Remark remark,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(override);
    SealedText comment = GateInput.comment(workItem, remark.comment());
    return desk.decide(
        workItem, principal, basis -> new ConfirmOverride(workItem, which, comment, basis));
  }

  /** Refuses an override. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/overrides/{override}/refuse",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Refuse an override, or take it back",
      description = "By who asked, or anybody who could agree. It lets nothing pass any more.")
  @ApiResponse(
      responseCode = "200",
      description = "Refused",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @MayBeRefused
  public Mono<GateDesk.Done> refuse(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("override") String override,
      @RequestBody DocumentController.Remark remark,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(override);
    SealedText comment = GateInput.comment(workItem, remark.comment());
    return desk.decide(
        workItem, principal, basis -> new RefuseOverride(workItem, which, comment, basis));
  }

  /**
   * An override.
   *
   * @param to state wanted
   * @param justification why; sealed
   */
  public record Asked(
      @Schema(example = "Production") @Nullable String to,
      @Schema(example = "Customers cannot pay; the fix was tested by hand, see incident 12")
          @Nullable String justification) {}
}
