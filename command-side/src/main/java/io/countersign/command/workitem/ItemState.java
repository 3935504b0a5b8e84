package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A work item as its events tell it. No personal data in clear: it is kept in snapshots as it is.
 *
 * @param history its states and updates
 * @param profile what else rules want to know
 * @param gates what was brought and decided
 * @param outgoing what we want of the source
 */
record ItemState(History history, Profile profile, Gates gates, Outgoing outgoing) {

  static ItemState begin(WorkItemEvent.Registered event) {
    return new ItemState(History.begin(event), Profile.begin(event), Gates.EMPTY, Outgoing.NONE);
  }

  /**
   * After an event.
   *
   * @param actor who caused it
   */
  ItemState evolve(WorkItemEvent event, Instant at, @Nullable String actor) {
    return switch (event) {
      case WorkItemEvent.Registered registered -> begin(registered);
      case WorkItemEvent.StateChanged e -> moved(e);
      case WorkItemEvent.StateUnmapped e -> with(history.with(e.change()));
      case WorkItemEvent.TransitionViolated e -> with(history.with(e.change()));
      case WorkItemEvent.JudgementDeferred e -> with(history.with(e.change()));
      case WorkItemEvent.Retitled e ->
          updated(e.change(), profile.titled(e.title()))
              .telling(newest -> newest.titleBy(e.change()));
      case WorkItemEvent.AssignmentChanged e ->
          updated(e.change(), profile.assigned(e.to()))
              .telling(newest -> newest.assigneeBy(e.change()));
      case WorkItemEvent.FieldsChanged e -> fieldsChanged(e);
      case WorkItemEvent.LinksChanged e ->
          updated(
              e.change(),
              profile.with(profile.relations().with(e.added(), e.removed(), e.change())));
      case WorkItemEvent.Commented e ->
          with(history.with(e.change()).commented(e.change().revision()))
              .with(profile.seen(e.change()));
      case WorkItemEvent.Deleted e -> with(history.inBin(true, e.change().changedAt()));
      case WorkItemEvent.Restored e -> with(history.inBin(false, e.change().changedAt()));
      case WorkItemEvent.GapDetected _ -> this;
      case WorkItemEvent.LateUpdateRecorded e -> late(e);
      case WorkItemEvent.TransitionRequested e ->
          with(outgoing.requested(e, profile.revision(), actor));
      case WorkItemEvent.TransitionRefused _ -> this;
      case GateEvent e -> with(gates.evolve(e, at));
      case SyncEvent e -> with(outgoing.evolve(e, history.state()));
    };
  }

  private ItemState moved(WorkItemEvent.StateChanged e) {
    History now =
        history
            .with(e.change())
            .inState(e.to(), e.sourceTo())
            .tellingOf(newest -> newest.stateBy(e.change()))
            .judgedWhenComplete(Transition.of(e.change(), e.sourceFrom(), e.sourceTo()));
    boolean stays = e.to() != null && e.to() == history.state();
    Gates after = stays ? gates : gates.moved(e.change().revision());
    return new ItemState(now, profile.changed(e.change()), after, outgoing.moved(e)).settled();
  }

  private ItemState fieldsChanged(WorkItemEvent.FieldsChanged event) {
    boolean ofType =
        event.changes().stream().anyMatch(change -> change.field().equals(Fields.TYPE))
            && !history.newest().hasLaterType(event.change());
    return ofType
        ? updated(event.change(), profile.with(event.changes()))
            .telling(newest -> newest.typeBy(event.change()))
        : updated(event.change(), profile);
  }

  private ItemState late(WorkItemEvent.LateUpdateRecorded e) {
    return with(history
            .with(e.change())
            .judgedWhenComplete(Transition.of(e.change(), e.sourceFrom(), e.sourceTo())))
        .with(profile.late(e))
        .settled();
  }

  /** Whether a change is the echo of a write of ours, or a move that we wanted anyway. */
  boolean isOurs(SourceChange change, WorkItemState from, WorkItemState to) {
    return outgoing.isOurs(change, from, to);
  }

  private ItemState settled() {
    return history.complete() ? with(gates.withoutEnded()) : this;
  }

  private ItemState updated(SourceChange change, Profile now) {
    return with(history.with(change)).with(now.changed(change));
  }

  private ItemState telling(UnaryOperator<Newest> told) {
    return with(history.tellingOf(told));
  }

  private ItemState with(History now) {
    return new ItemState(now, profile, gates, outgoing);
  }

  private ItemState with(Profile now) {
    return now.equals(profile) ? this : new ItemState(history, now, gates, outgoing);
  }

  private ItemState with(Gates now) {
    return new ItemState(history, profile, now, outgoing);
  }

  private ItemState with(Outgoing now) {
    return new ItemState(history, profile, gates, now);
  }
}
