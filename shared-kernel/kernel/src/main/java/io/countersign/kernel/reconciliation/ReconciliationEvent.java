package io.countersign.kernel.reconciliation;

import io.countersign.kernel.project.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Facts about comparing a project of the source with the log. */
public sealed interface ReconciliationEvent {

  /** The project. */
  ProjectId project();

  /**
   * A window was compared, all of it. Windows of one project follow each other without a hole; one
   * that begins at the beginning was asked for.
   *
   * @param project the project
   * @param from changes after this moment, by the source's clock; absent: from the first one on
   * @param to changes up to this moment
   * @param asked what made us compare
   * @param workItems work items that changed in the window, and those that had waited to be made
   *     whole; ours are those the log had at all
   * @param revisions revisions the source lists for the window; ours are those that an update in
   *     the log shows, or for the recycle bin the deletion or restoration. Changes of links make no
   *     revision: they are counted in {@code missing} only
   * @param missing how many updates, deletions, restorations and revisions of the compared work
   *     items the source had and the log had not
   * @param missingList which, the first ones
   * @param unexpected how many updates the log had of work items whose updates were read and the
   *     source had not; where everything was compared, also how many work items the log had that
   *     the source neither lists nor gives
   * @param unexpectedList which, the first ones
   * @param filled how many of the missing were in the log at the end
   */
  record SourceReconciled(
      ProjectId project,
      @Nullable Instant from,
      Instant to,
      Asked asked,
      Count workItems,
      Count revisions,
      int missing,
      List<Difference> missingList,
      int unexpected,
      List<Difference> unexpectedList,
      int filled)
      implements ReconciliationEvent {

    /** Longer lists are cut: the numbers beside them are not. */
    public static final int LONGEST_LIST = 200;

    /** Copies and bounds the lists. */
    public SourceReconciled {
      missingList = first(missingList);
      unexpectedList = first(unexpectedList);
    }

    /** The same result of a window that began earlier, with nothing in the time before. */
    public SourceReconciled since(Instant earlier) {
      return new SourceReconciled(
          project,
          earlier,
          to,
          asked,
          workItems,
          revisions,
          missing,
          missingList,
          unexpected,
          unexpectedList,
          filled);
    }

    private static List<Difference> first(List<Difference> all) {
      return List.copyOf(all.size() > LONGEST_LIST ? all.subList(0, LONGEST_LIST) : all);
    }
  }

  /**
   * A window was not compared, or not all of it: nothing is known of it, and the next run begins
   * where this one did.
   *
   * @param project the project
   * @param from changes after this moment; absent: from the first one on
   * @param asked what made us compare
   * @param reason why, in a sentence that names nobody
   */
  record ReconciliationFailed(ProjectId project, @Nullable Instant from, Asked asked, String reason)
      implements ReconciliationEvent {}

  /**
   * What the source says it could not deliver to us was compared with what was handled. Not work
   * items, whose revisions are compared. What a subscription on probation lost is not in the
   * source's history.
   *
   * @param project the project
   * @param from notifications made after this moment, by the source's clock
   * @param to up to this moment
   * @param notifications those the source could not deliver; ours are those handled all the same
   * @param missing how many were not handled
   * @param missingTypes how many of each type of event
   * @param filled how many of the missing were handled at the end
   */
  record NotificationsReconciled(
      ProjectId project,
      Instant from,
      Instant to,
      Count notifications,
      int missing,
      Map<String, Integer> missingTypes,
      int filled)
      implements ReconciliationEvent {

    /** Sorts the types. */
    public NotificationsReconciled {
      missingTypes = Collections.unmodifiableMap(new TreeMap<>(missingTypes));
    }
  }

  /**
   * The builds that finished in a window were compared. Windows follow each other without a hole;
   * one in which no build finished is part of the next.
   *
   * @param project the project
   * @param from builds that finished at this moment or later, by the source's clock
   * @param to and before this one
   * @param builds builds the source lists; ours are those the log had
   * @param missing how many the log had not
   * @param missingList their numbers, the first ones
   * @param filled how many of the missing were in the log at the end
   */
  record BuildsReconciled(
      ProjectId project,
      Instant from,
      Instant to,
      Count builds,
      int missing,
      List<Integer> missingList,
      int filled)
      implements ReconciliationEvent {

    /** Copies and bounds the list. */
    public BuildsReconciled {
      int shown = Math.min(missingList.size(), SourceReconciled.LONGEST_LIST);
      missingList = List.copyOf(missingList.subList(0, shown));
    }
  }

  /**
   * The source's own delivering of one kind of event stands otherwise than it did.
   *
   * @param project the project
   * @param eventType what is to be delivered, as the source calls it
   * @param before how it stood; absent when this is the first look
   * @param after how it stands: the source's word for the subscription's status, or {@code missing}
   */
  record SubscriptionStatusChanged(
      ProjectId project, String eventType, @Nullable String before, String after)
      implements ReconciliationEvent {}
}
