package io.countersign.golden;

import static io.countersign.golden.Fabrikam.NOON;
import static io.countersign.golden.Fabrikam.PROJECT;
import static io.countersign.golden.Fabrikam.item;
import static io.countersign.golden.Fabrikam.text;

import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.reconciliation.ReconciliationCommand;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Escalations and comparisons with the source. */
final class OperationScript {

  private static final Actor OLGA = Actor.principal("olga");

  private final Told told;

  OperationScript(Told told) {
    this.told = told;
  }

  void play() {
    anEscalationThatClimbs(new EscalationId(new UUID(0x5000, 1)));
    anEscalationThatIsMerged(
        new EscalationId(new UUID(0x5000, 2)), new EscalationId(new UUID(0x5000, 1)));
    comparisons();
  }

  private void anEscalationThatClimbs(EscalationId id) {
    told.person(raise(id));
    told.person(raise(id));
    told.person(new EscalationCommand.RaiseLevel(id, 1, 2, after(1_800), after(1_801)));
    told.person(new EscalationCommand.RecordDelivered(id, told.id(), "mail", 2, 1, after(1_802)));
    told.person(
        new EscalationCommand.RecordFailed(
            id, told.id(), "webhook", 2, 5, "http-500", after(1_900)));
    told.person(new EscalationCommand.Acknowledge(id, OLGA, after(2_000)));
    told.person(new EscalationCommand.Assign(id, "tess", OLGA, after(2_001)));
    told.person(new EscalationCommand.Snooze(id, after(9_000), plan(9_000), OLGA, after(2_002)));
    told.person(
        new EscalationCommand.Resolve(
            id, Resolution.FIXED, text(id.keyOwner(), "it was a typo"), OLGA, after(2_003)));
  }

  private void anEscalationThatIsMerged(EscalationId id, EscalationId into) {
    told.person(raise(id));
    told.person(new EscalationCommand.Merge(id, into, OLGA, after(60)));
  }

  private EscalationCommand.Raise raise(EscalationId id) {
    return new EscalationCommand.Raise(
        id,
        told.id(),
        Category.COMPLIANCE,
        Severity.HIGH,
        new Cause("transition-violated", item(4713), PROJECT, "agile.transition", List.of(7L)),
        "violation:4713",
        plan(0),
        text(id.keyOwner(), "{\"what\":\"closed without a review\"}"),
        "ab".repeat(32),
        Actor.automation("escalation"),
        NOON);
  }

  private static Plan plan(long from) {
    return new Plan(
        1,
        "cd".repeat(32),
        1_800,
        List.of(
            new Plan.Step(1, "team", after(from)),
            new Plan.Step(2, "leads", after(from + 1_800)),
            new Plan.Step(3, "directors", after(from + 3_600))));
  }

  private void comparisons() {
    told.person(
        new ReconciliationCommand.RecordComparison(
            new ReconciliationEvent.SourceReconciled(
                PROJECT,
                NOON,
                after(600),
                Asked.DEMAND,
                new Count(3, 2),
                new Count(10, 8),
                2,
                List.of(
                    new Difference(item(4712), Kind.UPDATE, 4, 5),
                    new Difference(item(4719), Kind.ABSENT, 1, 1)),
                1,
                List.of(new Difference(item(4713), Kind.REVISION, 3, 3)),
                1)));
    told.person(
        new ReconciliationCommand.RecordFailure(
            new ReconciliationEvent.ReconciliationFailed(
                PROJECT, after(600), Asked.SCHEDULE, "source-unreachable")));
    told.person(
        new ReconciliationCommand.RecordNotifications(
            new ReconciliationEvent.NotificationsReconciled(
                PROJECT,
                NOON,
                after(600),
                new Count(20, 18),
                2,
                Map.of("workitem.updated", 2),
                1)));
    told.person(
        new ReconciliationCommand.RecordBuilds(
            new ReconciliationEvent.BuildsReconciled(
                PROJECT, NOON, after(600), new Count(4, 3), 1, List.of(99), 1)));
    told.person(
        new ReconciliationCommand.RecordSubscriptions(
            PROJECT, new TreeMap<>(Map.of("git.push", "onProbation"))));
    told.person(
        new ReconciliationCommand.RecordSubscriptions(
            PROJECT, new TreeMap<>(Map.of("git.push", "enabled"))));
  }

  private static Instant after(long seconds) {
    return NOON.plusSeconds(seconds);
  }
}
