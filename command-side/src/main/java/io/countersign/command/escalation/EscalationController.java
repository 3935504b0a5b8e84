package io.countersign.command.escalation;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationAnswer.Done;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.WorkItemId;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What people do with escalations. */
@RestController
@RequestMapping("/api/v1/escalations")
@Tag(name = "Escalations", description = "What humans have to look at, who, and by when")
final class EscalationController {

  private static final String DONE =
      "{\"escalation\":\"escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11\",\"changed\":true}";

  private final EscalationCommands commands;
  private final Raising raising;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;
  private final MeterRegistry metrics;

  EscalationController(
      EscalationCommands commands,
      Raising raising,
      InstantSource clock,
      Supplier<UUID> newIds,
      MeterRegistry metrics) {
    this.commands = commands;
    this.raising = raising;
    this.clock = clock;
    this.newIds = newIds;
    this.metrics = metrics;
  }

  /** What became of it. */
  record Changed(
      @Schema(example = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11") String escalation,
      @Schema(description = "false when it was so before") boolean changed) {}

  /** Who is to have it. */
  record To(@Schema(example = "ann") @Nullable String to) {}

  /** When it is asked about again. */
  record Until(@Schema(example = "2026-11-23T09:00:00Z") @Nullable String until) {}

  /** Where it lives on. */
  record Into(
      @Schema(example = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11") @Nullable String into) {}

  /** How it ended; the text is sealed. */
  record Ending(
      @Schema(example = "fixed") @Nullable String code,
      @Schema(example = "the mapping was missing") @Nullable String text) {

    @Override
    public String toString() {
      return "Ending[...]";
    }
  }

  @PostMapping
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Raise an escalation by hand",
      description =
          "Asks the first team of the category. While an escalation with the same dedupe key is open, this counts there.")
  @ApiResponse(
      responseCode = "200",
      description = "It is raised, or counted",
      content = @Content(examples = @ExampleObject(DONE)))
  Mono<Changed> raise(@RequestBody ByHand asked, @Parameter(hidden = true) Principal principal) {
    UUID occurrence = newIds.get();
    var category = EscalationInput.parsed("/category", asked.category(), Category::of);
    var severity = EscalationInput.parsed("/severity", asked.severity(), Severity::of);
    String text = EscalationInput.text("/text", asked.text());
    WorkItemId workItem =
        asked.workItem() == null
            ? null
            : EscalationInput.parsed("/workItem", asked.workItem(), WorkItemId::parse);
    String key =
        asked.dedupeKey() == null
            ? occurrence.toString()
            : EscalationInput.name("/dedupeKey", asked.dedupeKey());
    var finding =
        new Finding(
            category,
            severity,
            new Cause("by-hand", workItem, null, null, List.of()),
            "by-hand|" + key);
    return OnVirtualThread.call(
        () -> {
          EscalationId raised =
              raising.raise(
                  finding,
                  Map.of("raisedWith", text),
                  occurrence,
                  principal.actor(),
                  occurrence.toString(),
                  clock.instant());
          return new Changed(raised.toString(), true);
        });
  }

  @PostMapping("/{id}/acknowledge")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Acknowledge an escalation",
      description = "I have seen it: no further level is asked.")
  @ApiResponse(
      responseCode = "200",
      description = "Acknowledged",
      content = @Content(examples = @ExampleObject(DONE)))
  @ApiResponse(responseCode = "409", description = "It is over")
  Mono<Changed> acknowledge(
      @PathVariable("id") String id, @Parameter(hidden = true) Principal principal) {
    EscalationId escalation = EscalationInput.id(id);
    return answer(
        escalation,
        "countersign.escalation.acknowledged.after",
        now ->
            commands.send(
                new EscalationCommand.Acknowledge(escalation, principal.actor(), now), principal));
  }

  @PostMapping("/{id}/assign")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Assign an escalation",
      description = "To a principal or a team: somebody has it, no further level is asked.")
  @ApiResponse(
      responseCode = "200",
      description = "Assigned",
      content = @Content(examples = @ExampleObject(DONE)))
  @ApiResponse(responseCode = "409", description = "It is over")
  Mono<Changed> assign(
      @PathVariable("id") String id,
      @RequestBody To asked,
      @Parameter(hidden = true) Principal principal) {
    EscalationId escalation = EscalationInput.id(id);
    String to = EscalationInput.name("/to", asked.to());
    return answer(
        escalation,
        null,
        now ->
            commands.send(
                new EscalationCommand.Assign(escalation, to, principal.actor(), now), principal));
  }

  @PostMapping("/{id}/snooze")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Snooze an escalation",
      description =
          "Until then nobody is asked. From then on the levels above have their time anew, unless somebody answers.")
  @ApiResponse(
      responseCode = "200",
      description = "Snoozed",
      content = @Content(examples = @ExampleObject(DONE)))
  @ApiResponse(responseCode = "409", description = "It is over, or that time is past")
  Mono<Changed> snooze(
      @PathVariable("id") String id,
      @RequestBody Until asked,
      @Parameter(hidden = true) Principal principal) {
    EscalationId escalation = EscalationInput.id(id);
    Instant until = EscalationInput.time("/until", asked.until());
    return answer(
        escalation,
        null,
        now ->
            commands.send(
                new EscalationCommand.Snooze(
                    escalation,
                    until,
                    commands.planFrom(escalation, until),
                    principal.actor(),
                    now),
                principal));
  }

  @PostMapping("/{id}/merge")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Merge an escalation into another",
      description =
          "They are the same matter: this one ends, and what comes up again counts there.")
  @ApiResponse(
      responseCode = "200",
      description = "Merged",
      content = @Content(examples = @ExampleObject(DONE)))
  @ApiResponse(responseCode = "409", description = "It is over")
  Mono<Changed> merge(
      @PathVariable("id") String id,
      @RequestBody Into asked,
      @Parameter(hidden = true) Principal principal) {
    EscalationId escalation = EscalationInput.id(id);
    var into = EscalationInput.parsed("/into", asked.into(), EscalationId::parse);
    return answer(
        escalation,
        null,
        now -> {
          commands.checkKnown(into);
          return commands.send(
              new EscalationCommand.Merge(escalation, into, principal.actor(), now), principal);
        });
  }

  @PostMapping("/{id}/resolve")
  @RequiresPermission(Permission.MANAGE_ESCALATIONS)
  @Operation(
      summary = "Resolve an escalation",
      description = "With one of fixed, accepted, false-alarm, duplicate, obsolete, and why.")
  @ApiResponse(
      responseCode = "200",
      description = "Resolved",
      content = @Content(examples = @ExampleObject(DONE)))
  @ApiResponse(responseCode = "409", description = "It is over already")
  Mono<Changed> resolve(
      @PathVariable("id") String id,
      @RequestBody Ending asked,
      @Parameter(hidden = true) Principal principal) {
    EscalationId escalation = EscalationInput.id(id);
    var code = EscalationInput.parsed("/code", asked.code(), Resolution::of);
    String text = EscalationInput.text("/text", asked.text());
    return answer(
        escalation,
        "countersign.escalation.resolved.after",
        now ->
            commands.send(
                new EscalationCommand.Resolve(
                    escalation,
                    code,
                    SealedText.of(escalation.keyOwner(), Purpose.CONTENT, text),
                    principal.actor(),
                    now),
                principal));
  }

  private interface Step {
    Done take(Instant now) throws Exception;
  }

  private Mono<Changed> answer(EscalationId escalation, @Nullable String timer, Step step) {
    return OnVirtualThread.call(
        () -> {
          Done done = step.take(clock.instant());
          boolean changed = done.recorded() == Recorded.NEW;
          if (timer != null && changed) {
            metrics.timer(timer, "category", done.category().word()).record(done.sinceRaised());
          }
          return new Changed(escalation.toString(), changed);
        });
  }
}
