package io.countersign.command.transition;

import io.countersign.command.access.PrincipalNames;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.GateCommand;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.Delegate;
import io.countersign.kernel.workitem.GateCommand.EndDelegation;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Approving, rejecting, taking back, and letting somebody else decide. */
@RestController
@Tag(name = "Gates", description = "What transitions of a work item need, and who decides it")
public class ApprovalController {

  private final GateDesk desk;
  private final PrincipalNames principals;

  /** Takes it to the work item; knows who may be delegated to. */
  public ApprovalController(GateDesk desk, PrincipalNames principals) {
    this.desk = desk;
    this.principals = principals;
  }

  /** Decides a gate. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/approvals",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Approve or reject",
      description =
          "A gate of a transition, for the revision you looked at, with your name and the roles you"
              + " have now. Your latest word counts. It ends when the item moves to another state."
              + " What could never count is refused at once.")
  @ApiResponse(
      responseCode = "200",
      description = "Recorded, now or before",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @MayBeRefused
  public Mono<GateDesk.Done> decide(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @RequestBody Approval approval,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    return desk.decide(workItem, principal, command(workItem, approval));
  }

  private Function<Basis, GateCommand> command(WorkItemId workItem, Approval approval) {
    WorkItemState to = GateInput.state(approval.to());
    String gate = GateInput.name(approval.gate(), "/gate");
    Instant expiresAt = GateInput.time(approval.expiresAt(), "/expiresAt");
    SealedText comment = GateInput.comment(workItem, approval.comment());
    UUID newId = desk.newId();
    String decision = approval.decision() == null ? "" : approval.decision();
    return switch (decision) {
      case "approve" ->
          basis ->
              new Approve(
                  workItem, newId, to, gate, approval.revision(), expiresAt, comment, basis);
      case "reject" ->
          basis -> new Reject(workItem, newId, to, gate, approval.revision(), comment, basis);
      default -> throw GateInput.problem("/decision", "approve or reject expected");
    };
  }

  /** Takes a decision back. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/approvals/{approval}/revoke",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Take an approval or a rejection back",
      description = "Your own, or one given on your behalf; recorded.")
  @ApiResponse(
      responseCode = "200",
      description = "Taken back",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "409", description = "There is none of that id, or it is not yours")
  public Mono<GateDesk.Done> revoke(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("approval") String approval,
      @RequestBody DocumentController.Remark remark,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(approval);
    SealedText comment = GateInput.comment(workItem, remark.comment());
    return desk.decide(workItem, principal, basis -> new Revoke(workItem, which, comment, basis));
  }

  /** Delegates a gate. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/delegations",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Let somebody else decide a gate",
      description =
          "A principal who may approve transitions, but lacks the role this gate asks for. He"
              + " decides on your behalf until a moment; he cannot pass it on, and who worked on the"
              + " item cannot stand in either.")
  @ApiResponse(
      responseCode = "200",
      description = "Delegated",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item or principal")
  @MayBeRefused
  public Mono<GateDesk.Done> delegate(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @RequestBody Delegation delegation,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    WorkItemState to = GateInput.state(delegation.to());
    String gate = GateInput.name(delegation.gate(), "/gate");
    Instant until = GateInput.time(delegation.until(), "/until");
    if (until == null) {
      throw GateInput.problem("/until", "a time expected, as 2026-12-01T00:00:00Z");
    }
    String delegate = delegation.delegate() == null ? "" : delegation.delegate();
    SealedText comment = GateInput.comment(workItem, delegation.comment());
    UUID newId = desk.newId();
    return desk.decide(
        workItem,
        principal,
        basis -> {
          needApprover(delegate);
          return new Delegate(workItem, newId, to, gate, delegate, until, comment, basis);
        });
  }

  private void needApprover(String name) {
    Principal delegate =
        principals
            .find(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND, "there is no principal of this name"));
    if (!delegate.may(Permission.APPROVE_TRANSITIONS)) {
      throw new ProblemException(
          ProblemType.GATE_REFUSED,
          "%s has no role that approves transitions".formatted(name),
          java.util.Map.of("code", "delegate-may-not-approve"));
    }
  }

  /** Ends a delegation. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/delegations/{delegation}/end",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "End a delegation",
      description = "By either of the two; what was decided under it stays.")
  @ApiResponse(
      responseCode = "200",
      description = "Ended",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "409", description = "There is none of that id, or it is not yours")
  public Mono<GateDesk.Done> endDelegation(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("delegation") String delegation,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(delegation);
    return desk.decide(workItem, principal, basis -> new EndDelegation(workItem, which, basis));
  }

  /**
   * A decision.
   *
   * @param to state the gate is for
   * @param gate as the policy names it
   * @param decision approve or reject
   * @param revision of the work item you looked at; absent for the newest
   * @param expiresAt from then on an approval does not count
   * @param comment in words; sealed
   */
  public record Approval(
      @Schema(example = "Staging") @Nullable String to,
      @Schema(example = "qa_approval") @Nullable String gate,
      @Schema(example = "approve") @Nullable String decision,
      @Schema(example = "7") @Nullable Integer revision,
      @Schema(example = "2026-12-01T00:00:00Z") @Nullable String expiresAt,
      @Nullable String comment) {}

  /**
   * A delegation.
   *
   * @param to state the gate is for
   * @param gate as the policy names it
   * @param delegate principal who may decide
   * @param until end of it
   * @param comment in words; sealed
   */
  public record Delegation(
      @Schema(example = "Staging") @Nullable String to,
      @Schema(example = "qa_approval") @Nullable String gate,
      @Schema(example = "ben") @Nullable String delegate,
      @Schema(example = "2026-12-01T00:00:00Z") @Nullable String until,
      @Nullable String comment) {}
}
