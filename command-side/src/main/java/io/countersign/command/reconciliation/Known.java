package io.countersign.command.reconciliation;

import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the log knows of a work item. Filled from its events. */
final class Known {

  private final SortedSet<Integer> updates = new TreeSet<>();
  private final SortedSet<Integer> revisions = new TreeSet<>();
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
      updates.add(update);
      revisions.add(change.revision());
      if (knownFrom == null) {
        knownFrom = update;
      }
    }
  }

  private void bin(boolean now, SourceChange change) {
    deleted = now;
    revisions.add(change.revision());
  }

  boolean isRegistered() {
    return registered;
  }

  boolean isDeleted() {
    return deleted;
  }

  boolean knowsUpdate(int update) {
    return updates.contains(update);
  }

  boolean knowsRevision(int revision) {
    return revisions.contains(revision);
  }

  /** Updates beyond the source's last one. */
  SortedSet<Integer> updatesAfter(int highest) {
    return updates.tailSet(highest + 1);
  }

  /**
   * The first update that is not known, of those that are expected: from the first known one on, or
   * all when revisions from before it are asked for.
   *
   * @param revision the earliest one that is asked for; absent: none
   */
  int firstMissing(@Nullable Integer revision) {
    Integer from = knownFrom;
    if (from == null || revision != null && revision < revisions.first()) {
      from = 1;
    }
    int next = from;
    while (updates.contains(next)) {
      next++;
    }
    return next;
  }

  /** Whether one is missing between the first known update and the last. */
  boolean hasGap() {
    return knownFrom != null && firstMissing(null) <= updates.last();
  }
}
