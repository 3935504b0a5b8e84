package io.countersign.command.workitem;

import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A work item as its events tell it. No personal data in clear: it is kept in snapshots as it is.
 *
 * @param history its states and updates
 * @param profile what else rules want to know
 * @param gates what was brought and decided
 * @param pending a move of ours that the source has not told yet
 * @param written revisions that our own last writes made
 */
record ItemState(
    History history,
    Profile profile,
    Gates gates,
    @Nullable Pending pending,
    List<Integer> written) {

  /** An echo that comes later than so many writes of ours is judged like a change of others. */
  private static final int WRITES_REMEMBERED = 20;

  ItemState {
    written = List.copyOf(written);
  }

  /** A move we asked for, or that takes one back. */
  record Pending(WorkItemState from, WorkItemState to) {}

  static ItemState begin(WorkItemEvent.Registered event) {
    return new ItemState(History.begin(event), Profile.begin(event), Gates.EMPTY, null, List.of());
  }

  ItemState evolve(WorkItemEvent event, Instant at) {
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
      case WorkItemEvent.FieldsChanged e -> updated(e.change(), profile.with(e.changes()));
      case WorkItemEvent.LinksChanged e ->
          updated(e.change(), profile.with(profile.relations().with(e.added(), e.removed())));
      case WorkItemEvent.Commented e ->
          with(history.with(e.change()).commented(e.change().revision()))
              .with(profile.seen(e.change()));
      case WorkItemEvent.Deleted e -> with(history.inBin(true, e.change().changedAt()));
      case WorkItemEvent.Restored e -> with(history.inBin(false, e.change().changedAt()));
      case WorkItemEvent.GapDetected _ -> this;
      case WorkItemEvent.LateUpdateRecorded e -> late(e);
      case WorkItemEvent.TransitionRequested e -> with(new Pending(e.from(), e.to()));
      case WorkItemEvent.TransitionRefused _ -> this;
      case GateEvent e -> with(gates.evolve(e, at));
      case SyncEvent e -> synced(e);
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
    return new ItemState(now, profile.changed(e.change()), after, stays ? pending : null, written)
        .settled();
  }

  private ItemState late(WorkItemEvent.LateUpdateRecorded e) {
    return with(history
            .with(e.change())
            .judgedWhenComplete(Transition.of(e.change(), e.sourceFrom(), e.sourceTo())))
        .with(profile.late(e))
        .settled();
  }

  private ItemState synced(SyncEvent event) {
    return switch (event) {
      case SyncEvent.TransitionWritten e -> {
        List<Integer> revisions = new ArrayList<>(written);
        revisions.add(e.revision());
        int from = Math.max(0, revisions.size() - WRITES_REMEMBERED);
        yield new ItemState(
            history, profile, gates, pending, revisions.subList(from, revisions.size()));
      }
      case SyncEvent.TransitionConfirmed _, SyncEvent.ConflictDetected _ -> this;
      case SyncEvent.WriteRefused _, SyncEvent.WriteAbandoned _ -> with((Pending) null);
      case SyncEvent.ConflictResolved e ->
          e.resolution() == ConflictResolution.THEIRS ? with((Pending) null) : this;
      case SyncEvent.ReversalRequested e ->
          history.state() == null ? this : with(new Pending(history.state(), e.back()));
    };
  }

  /** Whether a change is the echo of a write of ours, or a move that we wanted anyway. */
  boolean isOurs(SourceChange change, WorkItemState from, WorkItemState to) {
    return written.contains(change.revision())
        || (pending != null && pending.from() == from && pending.to() == to);
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
    return new ItemState(now, profile, gates, pending, written);
  }

  private ItemState with(Profile now) {
    return now.equals(profile) ? this : new ItemState(history, now, gates, pending, written);
  }

  private ItemState with(Gates now) {
    return new ItemState(history, profile, now, pending, written);
  }

  private ItemState with(@Nullable Pending now) {
    return Objects.equals(now, pending)
        ? this
        : new ItemState(history, profile, gates, now, written);
  }
}
