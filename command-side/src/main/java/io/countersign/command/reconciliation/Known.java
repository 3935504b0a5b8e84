package io.countersign.command.reconciliation;

import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the log knows of a work item. Filled from its events. */
final class Known {

  /** Revision by update id: changes of links have that of the update before. */
  private final NavigableMap<Integer, Integer> updates = new TreeMap<>();

  private final Set<Integer> revisions = new HashSet<>();

  /** Revisions made by going into the recycle bin and coming out. */
  private final Set<Integer> bins = new HashSet<>();

  private boolean registered;
  private boolean deleted;
  private @Nullable Integer knownFrom;

  void see(WorkItemEvent event) {
    registered = true;
    switch (event) {
      case WorkItemEvent.Registered e -> change(e.change());
      case WorkItemEvent.StateChanged e -> change(e.change());
      case WorkItemEvent.StateUnmapped e -> change(e.change());
      case WorkItemEvent.TransitionViolated e -> change(e.change());
      case WorkItemEvent.JudgementDeferred e -> change(e.change());
      case WorkItemEvent.Retitled e -> change(e.change());
      case WorkItemEvent.AssignmentChanged e -> change(e.change());
      case WorkItemEvent.FieldsChanged e -> change(e.change());
      case WorkItemEvent.LinksChanged e -> change(e.change());
      case WorkItemEvent.Commented e -> change(e.change());
      case WorkItemEvent.LateUpdateRecorded e -> change(e.change());
      case WorkItemEvent.Deleted e -> bin(true, e.change());
      case WorkItemEvent.Restored e -> bin(false, e.change());
      default -> {
        // says nothing of the source's history
      }
    }
  }

  private void change(SourceChange change) {
    Integer update = change.updateId();
    if (update != null) {
      updates.put(update, change.revision());
      revisions.add(change.revision());
      if (knownFrom == null) {
        knownFrom = update;
      }
    }
  }

  private void bin(boolean now, SourceChange change) {
    deleted = now;
    bins.add(change.revision());
  }

  boolean isRegistered() {
    return registered;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Whether it ever was in the recycle bin. */
  boolean wasInBin() {
    return !bins.isEmpty();
  }

  boolean knowsUpdate(int update) {
    return updates.containsKey(update);
  }

  /** Whether there is an update that shows a revision, or the recycle bin does. */
  boolean knowsRevision(int revision) {
    return bins.contains(revision) || revisions.contains(revision);
  }

  /**
   * Whether the update that made a revision is known, and none is missing before it. That the
   * recycle bin was told of is not enough: nobody is told the updates of going there and coming
   * out, and the next update of the item shows them as a gap.
   */
  boolean isSureOf(int revision) {
    return revisions.contains(revision) && !mayBeBefore(revision);
  }

  /**
   * Whether what made a revision may lie before the first update that is known: that one may be a
   * change of links, which shows the revision it did not make.
   */
  private boolean mayBeBefore(int revision) {
    Map.Entry<Integer, Integer> lowest = updates.firstEntry();
    return lowest != null && lowest.getKey() > 1 && revision <= lowest.getValue();
  }

  /** The last revision that anything told of. */
  int lastRevision() {
    return Stream.concat(revisions.stream(), bins.stream()).max(Integer::compare).orElse(1);
  }

  /** Updates beyond the source's last one. */
  Set<Integer> updatesAfter(int highest) {
    return updates.tailMap(highest + 1).keySet();
  }

  /**
   * The first update that is not known, of those that may be asked for.
   *
   * @param since the earliest revision that is asked for; absent: none in particular
   */
  int firstMissing(@Nullable Integer since) {
    int next = knownFrom == null || since != null && mayBeBefore(since) ? 1 : knownFrom;
    while (updates.containsKey(next)) {
      next++;
    }
    return next;
  }

  /** Whether an update has to be here: what lies before the first one is not waited for. */
  boolean isExpected(int update, int revision, @Nullable Integer since) {
    return knownFrom == null || update >= knownFrom || since != null && revision >= since;
  }

  /** Whether one is missing between the first known update and the last. */
  boolean hasGap() {
    return knownFrom != null && firstMissing(null) <= updates.lastKey();
  }
}
