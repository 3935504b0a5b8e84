package io.countersign.command.transition;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.GateCommand.AttachDocument;
import io.countersign.kernel.workitem.GateCommand.AttestRequirement;
import io.countersign.kernel.workitem.GateCommand.WithdrawAttestation;
import io.countersign.kernel.workitem.GateCommand.WithdrawDocument;
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

/** Documents, and the word of people that a requirement is met. */
@RestController
@Tag(name = "Gates", description = "What transitions of a work item need, and who decides it")
public class DocumentController {

  private final GateDesk desk;

  /** Takes it to the work item. */
  public DocumentController(GateDesk desk) {
    this.desk = desk;
  }

  /** Attaches a document. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/documents",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.REQUEST_TRANSITION)
  @Operation(
      summary = "Attach a document",
      description =
          "Says that a document of a kind is there, where it lies and what it is by its digest. The"
              + " document itself stays where it is. The same one is attached once.")
  @ApiResponse(
      responseCode = "200",
      description = "Attached, now or before",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @MayBeRefused
  public Mono<GateDesk.Done> attach(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @RequestBody Document document,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    String kind = GateInput.name(document.kind(), "/kind");
    String digest = GateInput.digest(document.digest());
    SealedText location = GateInput.sealed(workItem, document.location(), "/location");
    UUID newId = desk.newId();
    return desk.decide(
        workItem,
        principal,
        basis -> new AttachDocument(workItem, newId, kind, digest, location, basis));
  }

  /** Withdraws a document. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/documents/{document}/withdraw",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.REQUEST_TRANSITION)
  @Operation(summary = "Withdraw a document", description = "It counts no longer; recorded.")
  @ApiResponse(
      responseCode = "200",
      description = "Withdrawn",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "409", description = "No document of that id is attached")
  public Mono<GateDesk.Done> withdraw(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("document") String document,
      @RequestBody Remark remark,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    UUID which = GateInput.id(document);
    SealedText comment = GateInput.comment(workItem, remark.comment());
    return desk.decide(
        workItem, principal, basis -> new WithdrawDocument(workItem, which, comment, basis));
  }

  /** Vouches for a requirement. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/attestations",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(
      summary = "Vouch that a requirement is met",
      description =
          "For requirements that no fact tells: with your name, and the roles you have now.")
  @ApiResponse(
      responseCode = "200",
      description = "Recorded, now or before",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @MayBeRefused
  public Mono<GateDesk.Done> attest(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @RequestBody Attestation attestation,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    String requirement = GateInput.name(attestation.requirement(), "/requirement");
    SealedText comment = GateInput.comment(workItem, attestation.comment());
    return desk.decide(
        workItem,
        principal,
        basis ->
            new AttestRequirement(workItem, requirement, attestation.revision(), comment, basis));
  }

  /** Takes one's word back. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/attestations/{requirement}/withdraw",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.APPROVE_TRANSITIONS)
  @Operation(summary = "Take your word back", description = "Your own only; recorded.")
  @ApiResponse(
      responseCode = "200",
      description = "Taken back",
      content = @Content(examples = @ExampleObject(GateExamples.DONE)))
  @ApiResponse(responseCode = "409", description = "You did not vouch for that")
  public Mono<GateDesk.Done> takeBack(
      @Parameter(example = GateExamples.ITEM) @PathVariable("id") String id,
      @PathVariable("requirement") String requirement,
      @RequestBody Remark remark,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    String which = GateInput.name(requirement, "the path");
    SealedText comment = GateInput.comment(workItem, remark.comment());
    return desk.decide(
        workItem, principal, basis -> new WithdrawAttestation(workItem, which, comment, basis));
  }

  /**
   * A document.
   *
   * @param kind as the policy names it
   * @param digest SHA-256 of its bytes
   * @param location where it lies
   */
  public record Document(
      @Schema(example = "technical_design") @Nullable String kind,
      @Schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
          @Nullable String digest,
      @Schema(example = "https://docs.example.org/design-4711.md") @Nullable String location) {}

  /**
   * Somebody's word.
   *
   * @param requirement as the policy names it
   * @param revision of the work item you looked at; absent for the newest
   * @param comment in words; sealed
   */
  public record Attestation(
      @Schema(example = "test_completion") @Nullable String requirement,
      @Schema(example = "7") @Nullable Integer revision,
      @Nullable String comment) {}

  /**
   * Why.
   *
   * @param comment in words; sealed
   */
  public record Remark(@Nullable String comment) {}
}
