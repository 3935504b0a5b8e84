package io.countersign.query.escalation;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Logs with every kind of event of escalations. */
public final class EscalationHistories {

  private static final Actor ANN = Actor.principal("ann");

  private EscalationHistories() {}

  /** Six escalations, each raised first. */
  public static List<Logged> everyKind(int seed, int count) {
    Random random = new Random(seed);
    List<Logged> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var id = new EscalationId(new UUID(5, i < 6 ? i : random.nextInt(6)));
      Instant at = Histories.START.plusSeconds(i * 60L);
      events.add(
          new Logged(
              i,
              event(id, i < 6 ? 0 : random.nextInt(10), at),
              new Provenance(ANN, "c", "c", null)));
    }
    return events;
  }

  private static EscalationEvent event(EscalationId id, int kind, Instant at) {
    Cause cause =
        new Cause("transition-violated", Histories.item(3), Histories.PROJECT, "r", List.of(7L));
    UUID delivery = new UUID(6, at.getEpochSecond());
    return switch (kind) {
      case 0 ->
          new EscalationEvent.Raised(
              id,
              delivery,
              1,
              Category.COMPLIANCE,
              Severity.MEDIUM,
              cause,
              "key",
              plan(at),
              text(id, "{}"),
              "ab".repeat(32),
              ANN,
              at);
      case 1 -> new EscalationEvent.Repeated(id, delivery, cause, 4, at);
      case 2 -> new EscalationEvent.Acknowledged(id, 1, ANN, at);
      case 3 -> new EscalationEvent.Assigned(id, "ben", ANN, at);
      case 4 ->
          new EscalationEvent.Snoozed(id, 1, at.plusSeconds(60), plan(at.plusSeconds(60)), ANN, at);
      case 5 -> new EscalationEvent.Merged(id, new EscalationId(new UUID(5, 9)), ANN, at);
      case 6 -> new EscalationEvent.LevelRaised(id, 1, 2, "compliance_officer", at, at);
      case 7 -> new EscalationEvent.Resolved(id, Resolution.FIXED, text(id, "mended"), ANN, at);
      case 8 -> new EscalationEvent.NotificationDelivered(id, delivery, "webhook", 1, 2, at);
      default ->
          new EscalationEvent.NotificationFailed(id, delivery, "webhook", 1, 10, "http-500", at);
    };
  }

  private static SealedText text(EscalationId id, String clear) {
    return Histories.sealed(id.keyOwner(), Purpose.CONTENT, clear);
  }

  private static Plan plan(Instant at) {
    return new Plan(
        1,
        "cd".repeat(32),
        3_600,
        List.of(
            new Plan.Step(1, "compliance_team", at),
            new Plan.Step(2, "compliance_officer", at.plusSeconds(3_600)),
            new Plan.Step(3, "chief_compliance_officer", at.plusSeconds(7_200))));
  }
}
