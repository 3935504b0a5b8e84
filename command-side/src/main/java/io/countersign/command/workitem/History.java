package io.countersign.command.workitem;

import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
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
 * @param registeredRevision revision of the first sighting
 * @param comments revisions whose comment is recorded
 * @param deleted whether it is in the recycle bin
 * @param binnedOrRestoredAt when it last went into the recycle bin or came out, by the source
 */
record History(
    @Nullable WorkItemState state,
    String sourceState,
    @Nullable Integer knownFrom,
    Ranges updates,
    int registeredRevision,
    Ranges comments,
    boolean deleted,
    @Nullable Instant binnedOrRestoredAt) {

  static History begin(WorkItemEvent.Registered event) {
    SourceChange change = event.change();
    return new History(
        event.state(),
        event.sourceState(),
        change.updateId(),
        change.updateId() == null ? Ranges.EMPTY : Ranges.EMPTY.with(change.updateId()),
        change.revision(),
        Ranges.EMPTY,
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
        registeredRevision,
        comments,
        deleted,
        binnedOrRestoredAt);
  }

  History inState(@Nullable WorkItemState now, String sourceNow) {
    return new History(
        now,
        sourceNow,
        knownFrom,
        updates,
        registeredRevision,
        comments,
        deleted,
        binnedOrRestoredAt);
  }

  History commented(int revision) {
    return new History(
        state,
        sourceState,
        knownFrom,
        updates,
        registeredRevision,
        comments.with(revision),
        deleted,
        binnedOrRestoredAt);
  }

  History inBin(boolean now, Instant at) {
    return new History(
        state, sourceState, knownFrom, updates, registeredRevision, comments, now, at);
  }
}
