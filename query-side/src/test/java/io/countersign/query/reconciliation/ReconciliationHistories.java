package io.countersign.query.reconciliation;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Logs with every kind of event of reconciliation. */
public final class ReconciliationHistories {

  static final ProjectId OTHER =
      new ProjectId(Histories.ORGANIZATION, "0ce954b1-ce1f-45d1-b94d-e6bf2464ba2c");

  private ReconciliationHistories() {}

  /** Two projects, always the same. */
  public static List<Logged> everyKind(int seed, int count) {
    Random random = new Random(seed);
    List<Logged> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ProjectId project = random.nextBoolean() ? Histories.PROJECT : OTHER;
      events.add(new Logged(i, event(project, random, i), by("run-" + i / 3)));
    }
    return events;
  }

  /** A part of a run that the schedule asked for. */
  static Provenance by(String run) {
    return new Provenance(Actor.RECONCILIATION, run, run, null);
  }

  private static ReconciliationEvent event(ProjectId project, Random random, int place) {
    Instant from = Histories.START.plusSeconds(place * 900L);
    Instant to = from.plusSeconds(900);
    int size = random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> compared(project, random.nextBoolean() ? null : from, to, gaps(size), gaps(1), 0);
      case 1 ->
          new ReconciliationEvent.ReconciliationFailed(
              project, from, Asked.DEMAND, "the service did not answer");
      case 2 ->
          new ReconciliationEvent.NotificationsReconciled(
              project, from, to, new Count(5, 2), 3, Map.of("git.push", 2, "x", 1), 1);
      case 3 ->
          new ReconciliationEvent.BuildsReconciled(
              project, from, to, new Count(4, 2), 2, List.of(17, 19), 2);
      default ->
          new ReconciliationEvent.SubscriptionStatusChanged(
              project,
              size == 0 ? "git.push" : "workitem.updated",
              random.nextBoolean() ? null : "enabled",
              "onProbation");
    };
  }

  static ReconciliationEvent.SourceReconciled compared(
      ProjectId project,
      @Nullable Instant from,
      Instant to,
      List<Difference> missing,
      List<Difference> unexpected,
      int filled) {
    return new ReconciliationEvent.SourceReconciled(
        project,
        from,
        to,
        from == null ? Asked.FULL : Asked.SCHEDULE,
        new Count(4, 3),
        new Count(9, 7),
        missing.stream().mapToInt(Difference::size).sum(),
        missing,
        unexpected.stream().mapToInt(Difference::size).sum(),
        unexpected,
        filled);
  }

  static List<Difference> gaps(int count) {
    List<Difference> gaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      gaps.add(new Difference(Histories.item(i + 1), Difference.Kind.UPDATE, 5, 6));
    }
    return gaps;
  }
}
