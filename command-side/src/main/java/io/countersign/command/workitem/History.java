package io.countersign.command.workitem;

import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a work item need to know of its past. No personal data: it is kept in
 * snapshots as it is.
 *
 * @param state canonical state now; absent when not mapped
 * @param sourceState the source's state now
 * @param knownFrom the first update that was known; nothing is expected to be told from before it.
 *     Absent until an update is told
 * @param updates update ids known
 * @param first what it was first seen by
 * @param comments revisions whose comment is recorded
 * @param deleted whether it is in the recycle bin
 * @param newest which update told last of what can be told late
 * @param unjudged state changes whose judgement waits for missing updates, oldest first
 * @param binnedOrRestoredAt when it last went into the recycle bin or came out, by the source
 */
record History(
    @Nullable WorkItemState state,
    String sourceState,
    @Nullable Integer knownFrom,
    Ranges updates,
    FirstSighting first,
    Ranges comments,
    Newest newest,
    List<Transition> unjudged,
    boolean deleted,
    @Nullable Instant binnedOrRestoredAt) {

  /** More than these are forgotten, the oldest first: their deferral stays in the log. */
  static final int MOST_UNJUDGED = 100;

  History {
    unjudged = List.copyOf(unjudged);
  }

  static History begin(WorkItemEvent.Registered event) {
    SourceChange change = event.change();
    return new History(
        event.state(),
        event.sourceState(),
        change.updateId(),
        change.updateId() == null ? Ranges.EMPTY : Ranges.EMPTY.with(change.updateId()),
        FirstSighting.of(event),
        Ranges.EMPTY,
        Newest.NONE,
        List.of(),
        false,
        null);
  }

  /** Whether no update is missing since the first one known. */
  boolean complete() {
    return knownFrom == null || updates.completeFrom(knownFrom);
  }

  boolean knows(int updateId) {
    return updates.contains(updateId);
  }

  History with(SourceChange change) {
    Integer updateId = change.updateId();
    if (updateId == null) {
      return this;
    }
    return new History(
        state,
        sourceState,
        knownFrom == null ? updateId : knownFrom,
        updates.with(updateId),
        first,
        comments,
        newest,
        unjudged,
        deleted,
        binnedOrRestoredAt);
  }

  History inState(@Nullable WorkItemState now, String sourceNow) {
    return new History(
        now,
        sourceNow,
        knownFrom,
        updates,
        first,
        comments,
        newest,
        unjudged,
        deleted,
        binnedOrRestoredAt);
  }

  /** After an update that told of something that can be told late. */
  History tellingOf(UnaryOperator<Newest> told) {
    return new History(
        state,
        sourceState,
        knownFrom,
        updates,
        first,
        comments,
        told.apply(newest),
        unjudged,
        deleted,
        binnedOrRestoredAt);
  }

  /**
   * Whether a late update still tells what holds: no later one told of the same thing, and the
   * first sighting did not show it.
   *
   * @param toldBy update id that told of it last
   */
  boolean holds(SourceChange late, Update update, int toldBy) {
    Integer updateId = late.updateId();
    return updateId != null && updateId > toldBy && !first.showed(late, update);
  }

  History commented(int revision) {
    return new History(
        state,
        sourceState,
        knownFrom,
        updates,
        first,
        comments.with(revision),
        newest,
        unjudged,
        deleted,
        binnedOrRestoredAt);
  }

  History inBin(boolean now, Instant at) {
    return new History(
        state, sourceState, knownFrom, updates, first, comments, newest, unjudged, now, at);
  }

  /** Keeps a state change for later when updates are missing; else nothing waits any longer. */
  History judgedWhenComplete(@Nullable Transition transition) {
    if (complete()) {
      return waitingFor(List.of());
    }
    if (transition == null || !isAfterFirstKnown(transition.change())) {
      return this;
    }
    List<Transition> waiting = new ArrayList<>(unjudged);
    waiting.add(transition);
    return waitingFor(
        waiting.size() > MOST_UNJUDGED ? waiting.subList(1, waiting.size()) : waiting);
  }

  boolean isAfterFirstKnown(SourceChange change) {
    return knownFrom != null && change.updateId() != null && change.updateId() > knownFrom;
  }

  private History waitingFor(List<Transition> transitions) {
    return new History(
        state,
        sourceState,
        knownFrom,
        updates,
        first,
        comments,
        newest,
        transitions,
        deleted,
        binnedOrRestoredAt);
  }
}
