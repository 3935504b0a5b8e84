package io.countersign.command.escalation;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationAnswer.Refused;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.EscalationRejection.LivesOn;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Raises escalations: packs what a human needs, plans who is asked, and follows merged ones. */
final class Raising {

  private static final UUID NAMESPACE = UUID.fromString("2f1d6b0e-4c0a-5a57-9a1c-7be2c5f3a861");
  private static final int FURTHEST = 20;

  private final ContextPacker packer;
  private final Routing routing;
  private final CommandSender sender;

  Raising(ContextPacker packer, Routing routing, CommandSender sender) {
    this.packer = packer;
    this.routing = routing;
    this.sender = sender;
  }

  /** The escalation all occurrences of one matter meet in. */
  static EscalationId idOf(String dedupeKey) {
    return new EscalationId(NameBasedId.of(NAMESPACE, dedupeKey));
  }

  /**
   * Raises it, or counts it where it is open.
   *
   * @param texts what else a human should read, by name; sealed
   * @param occurrence the same for the same occurrence told again
   * @param at when it came up
   * @return the escalation it is dealt with in
   */
  EscalationId raise(
      Finding finding,
      Map<String, String> texts,
      UUID occurrence,
      Actor by,
      String correlationId,
      Instant at)
      throws Exception {
    ContextPacker.Packed context = packer.pack(finding, texts, at);
    EscalationId target = idOf(finding.dedupeKey());
    for (int merged = 0; merged < FURTHEST; merged++) {
      var command =
          new EscalationCommand.Raise(
              target,
              occurrence,
              finding.category(),
              finding.severity(),
              finding.cause(),
              finding.dedupeKey(),
              routing.plan(finding.category(), at),
              SealedText.of(owner(finding, target), Purpose.CONTENT, context.json()),
              context.sha256(),
              by,
              at);
      Object answer =
          sender.send(
              command,
              occurrence,
              Map.of(
                  Provenance.ACTOR, by.ref(),
                  Provenance.CORRELATION_ID, correlationId,
                  Provenance.CAUSATION_ID, correlationId));
      if (answer instanceof Refused(LivesOn(EscalationId into))) {
        target = into;
      } else if (answer instanceof EscalationAnswer.Done) {
        return target;
      } else {
        throw new IllegalStateException("an escalation cannot be raised: " + answer);
      }
    }
    throw new IllegalStateException("escalations are merged in a circle: " + target);
  }

  /** What is about a work item is erased with it. */
  private static KeyOwner owner(Finding finding, EscalationId escalation) {
    WorkItemId workItem = finding.cause().workItem();
    return workItem == null ? escalation.keyOwner() : workItem.keyOwner();
  }
}
