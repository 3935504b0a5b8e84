package io.countersign.query.sync;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Logs with every kind of event of writes and conflicts. */
public final class SyncHistories {

  private SyncHistories() {}

  /** Six work items, each registered first. */
  public static List<Logged> everyKind(int seed, int count) {
    Random random = new Random(seed);
    List<Logged> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = 1 + (i < 6 ? i : random.nextInt(6));
      WorkItemEvent event =
          i < 6
              ? Histories.registered(number, "Story", Histories.START)
              : event(Histories.item(number), random, i);
      events.add(new Logged(i, event, by("principal:ann", "c" + random.nextInt(4))));
    }
    return events;
  }

  /** An actor's part of a conversation. */
  static Provenance by(String actor, String conversation) {
    return new Provenance(new Actor(actor), conversation, conversation, null);
  }

  private static WorkItemEvent event(WorkItemId id, Random random, int place) {
    WorkItemState to = random.nextBoolean() ? WorkItemState.READY : WorkItemState.TESTING;
    UUID conflict = new UUID(9, random.nextInt(5));
    return switch (random.nextInt(8)) {
      case 0, 1 -> new WorkItemEvent.TransitionRequested(id, WorkItemState.NEW, to);
      case 2 -> new SyncEvent.TransitionWritten(id, to, to.word(), place);
      case 3 -> new SyncEvent.TransitionConfirmed(id, to, Histories.change(place, Histories.START));
      case 4 -> new SyncEvent.WriteRefused(id, to, "rule-broken", Histories.title(id, "no"));
      case 5 ->
          new SyncEvent.WriteAbandoned(
              id, to, "dropped", random.nextBoolean() ? Histories.title(id, "never mind") : null);
      case 6 ->
          random.nextBoolean()
              ? new SyncEvent.ConflictDetected(
                  id,
                  conflict,
                  WorkItemState.NEW,
                  to,
                  random.nextBoolean() ? null : WorkItemState.BLOCKED,
                  "On hold",
                  Histories.change(place, Histories.START))
              : new SyncEvent.ConflictResolved(
                  id,
                  conflict,
                  ConflictResolution.THEIRS,
                  Actor.principal("olga"),
                  Histories.title(id, "they were first"));
      default ->
          new SyncEvent.ReversalRequested(
              id, Histories.change(place, Histories.START), "cmmi.transition", to, "Parked");
    };
  }
}
