package io.countersign.command.workitem;

import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent.StateChanged;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What we want of the source and what came of it. A newer request replaces an older one.
 *
 * @param write what is to be written, or was and is not confirmed yet
 * @param clash a conflict nobody has decided yet
 * @param own revisions that are our own, or told what we wanted; the oldest are forgotten
 * @param conflicts how many there were: the same one can come again, when it is asked for again
 *     before the source's change was told
 */
record Outgoing(@Nullable Write write, @Nullable Clash clash, List<Own> own, int conflicts) {

  static final Outgoing NONE = new Outgoing(null, null, List.of(), 0);

  /** An echo that comes later than so many writes of ours is judged like a change of others. */
  private static final int REMEMBERED = 20;

  Outgoing {
    own = List.copyOf(own);
  }

  /**
   * A move we want.
   *
   * @param from state it was decided from
   * @param to state wanted
   * @param sourceTo its name in the source, where the decision had it
   * @param revision newest revision known at the decision
   * @param writtenAs revision that the write made
   * @param askedBy actor who asked
   * @param reversal whether it takes back a change of the source
   */
  record Write(
      WorkItemState from,
      WorkItemState to,
      @Nullable String sourceTo,
      int revision,
      @Nullable Integer writtenAs,
      @Nullable String askedBy,
      boolean reversal) {

    private Write as(int rev) {
      return new Write(from, to, sourceTo, revision, rev, askedBy, reversal);
    }

    /** Whether what the source had at a revision was known already when this was decided. */
    boolean isNewerThan(int rev) {
      return revision > rev;
    }
  }

  /**
   * Both sides moved it.
   *
   * @param conflict its id
   * @param wanted state we asked for
   * @param theirs what the source's state means
   * @param revision of the source's change
   */
  record Clash(UUID conflict, WorkItemState wanted, @Nullable WorkItemState theirs, int revision) {}

  /**
   * A revision that is no surprise.
   *
   * @param revision the revision
   * @param to the state it brought
   * @param written whether a write of ours is known to have made it
   * @param confirmed whether the source told it
   */
  record Own(int revision, WorkItemState to, boolean written, boolean confirmed) {}

  Outgoing requested(TransitionRequested event, int revision, @Nullable String askedBy) {
    return new Outgoing(
        new Write(event.from(), event.to(), null, revision, null, askedBy, false),
        clash,
        own,
        conflicts);
  }

  /** After a state change of the source: what was written and then changed again is over. */
  Outgoing moved(StateChanged event) {
    if (write == null || write.writtenAs() == null || event.to() == write.to()) {
      return this;
    }
    return event.change().revision() > write.writtenAs()
        ? new Outgoing(null, clash, own, conflicts)
        : this;
  }

  Outgoing evolve(SyncEvent event, @Nullable WorkItemState state) {
    return switch (event) {
      case SyncEvent.TransitionWritten e -> {
        Write ours = find(e.revision()) == null ? unwritten(e.to()) : null;
        yield new Outgoing(
            ours == null || ours.isNewerThan(e.revision()) ? write : ours.as(e.revision()),
            clash,
            with(e.revision(), e.to(), true, false),
            conflicts);
      }
      case SyncEvent.TransitionConfirmed e ->
          new Outgoing(
              isWhatWeWant(e) ? null : write,
              clash,
              with(e.change().revision(), e.to(), false, true),
              conflicts);
      case SyncEvent.WriteRefused e -> without(e.to());
      case SyncEvent.WriteAbandoned e -> without(e.to());
      case SyncEvent.ConflictDetected e ->
          new Outgoing(
              null,
              new Clash(e.conflict(), e.wanted(), e.theirs(), e.change().revision()),
              own,
              conflicts + 1);
      case SyncEvent.ConflictResolved e ->
          clash != null && clash.conflict().equals(e.conflict())
              ? new Outgoing(write, null, own, conflicts)
              : this;
      case SyncEvent.ReversalRequested e ->
          state == null
              ? this
              : new Outgoing(
                  new Write(
                      state, e.back(), e.sourceBack(), e.change().revision(), null, null, true),
                  clash,
                  own,
                  conflicts);
    };
  }

  /** Whether a change of the source is the echo of a write of ours, or a move that we wanted. */
  boolean isOurs(SourceChange change, WorkItemState from, WorkItemState to) {
    return find(change.revision()) != null
        || (write != null && write.from() == from && write.to() == to);
  }

  /** What is to be written and was not yet. */
  @Nullable Write unwritten(WorkItemState to) {
    return write != null && write.to() == to && write.writtenAs() == null ? write : null;
  }

  @Nullable Own find(int revision) {
    return own.stream().filter(one -> one.revision() == revision).findFirst().orElse(null);
  }

  /** What was there before it was asked for again is not what is asked for now. */
  private boolean isWhatWeWant(SyncEvent.TransitionConfirmed event) {
    return write != null
        && write.to() == event.to()
        && !write.isNewerThan(event.change().revision());
  }

  private boolean wants(WorkItemState to) {
    return write != null && write.to() == to;
  }

  private Outgoing without(WorkItemState to) {
    return wants(to) ? new Outgoing(null, clash, own, conflicts) : this;
  }

  private List<Own> with(int revision, WorkItemState to, boolean written, boolean confirmed) {
    Own known = find(revision);
    List<Own> all = new ArrayList<>(own);
    all.removeIf(one -> one.revision() == revision);
    all.add(
        new Own(
            revision,
            to,
            written || (known != null && known.written()),
            confirmed || (known != null && known.confirmed())));
    return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
  }
}
