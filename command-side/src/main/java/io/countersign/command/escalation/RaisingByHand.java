package io.countersign.command.escalation;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.escalation.EscalationBodies.ByHand;
import io.countersign.command.escalation.EscalationBodies.Changed;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Raises what a principal asks for. Each asking is an occurrence of its own. */
final class RaisingByHand {

  private final Raising raising;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  RaisingByHand(Raising raising, InstantSource clock, Supplier<UUID> newIds) {
    this.raising = raising;
    this.clock = clock;
    this.newIds = newIds;
  }

  Mono<Changed> raise(ByHand asked, Principal principal) {
    UUID occurrence = newIds.get();
    Finding finding = finding(asked, occurrence);
    String text = EscalationInput.text("/text", asked.text());
    return OnVirtualThread.call(
        () ->
            new Changed(
                raising
                    .raise(
                        finding,
                        Map.of("raisedWith", text),
                        occurrence,
                        principal.actor(),
                        occurrence.toString(),
                        clock.instant())
                    .toString(),
                true));
  }

  private static Finding finding(ByHand asked, UUID occurrence) {
    WorkItemId workItem =
        asked.workItem() == null
            ? null
            : EscalationInput.parsed("/workItem", asked.workItem(), WorkItemId::parse);
    String key =
        asked.dedupeKey() == null
            ? occurrence.toString()
            : EscalationInput.name("/dedupeKey", asked.dedupeKey());
    return new Finding(
        EscalationInput.parsed("/category", asked.category(), Category::of),
        EscalationInput.parsed("/severity", asked.severity(), Severity::of),
        new Cause("by-hand", workItem, null, null, List.of()),
        "by-hand|" + key);
  }
}
