package io.countersign.command.escalation;

import io.countersign.command.escalation.EscalationBodies.ByHand;
import io.countersign.command.escalation.EscalationBodies.Changed;
import io.countersign.command.escalation.EscalationBodies.Ending;
import io.countersign.command.escalation.EscalationBodies.Into;
import io.countersign.command.escalation.EscalationBodies.To;
import io.countersign.command.escalation.EscalationBodies.Until;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What people do with escalations. All answers have one shape, and fail in the same ways. */
@RestController
@RequestMapping("/api/v1/escalations")
@Tag(name = "Escalations", description = "What humans have to look at, who, and by when")
@ApiResponse(
    responseCode = "200",
    description = "It is so now; 'changed' says whether it was before",
    content = @Content(examples = @ExampleObject(EscalationBodies.DONE)))
@ApiResponse(
    responseCode = "404",
    description = "There is no such escalation",
    content = @Content(mediaType = "application/problem+json"))
@ApiResponse(
    responseCode = "409",
    description = "It is over, or lives on in another, or that time is past; 'code' says which",
    content = @Content(mediaType = "application/problem+json"))
final class EscalationController {

  private final EscalationDesk desk;
  private final RaisingByHand raising;

  EscalationController(EscalationDesk desk, RaisingByHand raising) {
    this.desk = desk;
    this.raising = raising;
  }

  @PostMapping
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Raise an escalation by hand",
      description =
          "Asks the first team of the category. While an escalation with the same dedupe key is open, this counts there.")
  Mono<Changed> raise(@RequestBody ByHand asked, @Parameter(hidden = true) Principal principal) {
    return raising.raise(asked, principal);
  }

  @PostMapping("/{id}/acknowledge")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Acknowledge an escalation",
      description = "I have seen it: no further level is asked.")
  Mono<Changed> acknowledge(
      @PathVariable("id") String id, @Parameter(hidden = true) Principal principal) {
    return desk.answer(id, principal, EscalationCommand.Acknowledge::new);
  }

  @PostMapping("/{id}/assign")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Assign an escalation",
      description = "To a principal or a team: somebody has it, no further level is asked.")
  Mono<Changed> assign(
      @PathVariable("id") String id,
      @RequestBody To asked,
      @Parameter(hidden = true) Principal principal) {
    String to = EscalationInput.name("/to", asked.to());
    return desk.answer(
        id,
        principal,
        (escalation, by, at) -> new EscalationCommand.Assign(escalation, to, by, at));
  }

  @PostMapping("/{id}/snooze")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Snooze an escalation",
      description =
          "Until then nobody is asked. From then on the levels above have their time anew, unless somebody answers.")
  Mono<Changed> snooze(
      @PathVariable("id") String id,
      @RequestBody Until asked,
      @Parameter(hidden = true) Principal principal) {
    Instant until = EscalationInput.time("/until", asked.until());
    return desk.answer(
        id,
        principal,
        (escalation, by, at) ->
            new EscalationCommand.Snooze(
                escalation, until, desk.planFrom(escalation, until, at), by, at));
  }

  @PostMapping("/{id}/merge")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Merge an escalation into another",
      description =
          "They are the same matter: this one ends, and what comes up again counts there.")
  Mono<Changed> merge(
      @PathVariable("id") String id,
      @RequestBody Into asked,
      @Parameter(hidden = true) Principal principal) {
    EscalationId into = EscalationInput.parsed("/into", asked.into(), EscalationId::parse);
    return desk.answer(
        id,
        principal,
        (escalation, by, at) -> {
          desk.checkKnown(into);
          return new EscalationCommand.Merge(escalation, into, by, at);
        });
  }

  @PostMapping("/{id}/resolve")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Resolve an escalation",
      description = "With one of fixed, accepted, false-alarm, duplicate, obsolete, and why.")
  Mono<Changed> resolve(
      @PathVariable("id") String id,
      @RequestBody Ending asked,
      @Parameter(hidden = true) Principal principal) {
    Resolution code = EscalationInput.parsed("/code", asked.code(), Resolution::of);
    String text = EscalationInput.text("/text", asked.text());
    return desk.answer(
        id,
        principal,
        (escalation, by, at) ->
            new EscalationCommand.Resolve(
                escalation,
                code,
                SealedText.of(escalation.keyOwner(), Purpose.CONTENT, text),
                by,
                at));
  }
}
