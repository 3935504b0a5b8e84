package io.countersign.kernel.reconciliation;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import java.util.SortedMap;

/** Commands that record what came of comparing. */
public sealed interface ReconciliationCommand extends AggregateCommand {

  /** The project. */
  ProjectId project();

  /** The aggregate of a project: {@code reconciliation:<organization>:<key>}. */
  static String aggregateId(ProjectId project) {
    return "reconciliation:" + project.organization() + ":" + project.key();
  }

  @Override
  default String aggregateId() {
    return aggregateId(project());
  }

  /**
   * A window was compared. One without anything in it that nobody asked for is recorded once a day:
   * the next one begins where the last recorded one ended.
   */
  record RecordComparison(SourceReconciled result) implements ReconciliationCommand {

    @Override
    public ProjectId project() {
      return result.project();
    }
  }

  /**
   * A window was not compared. The same reason again, that nobody asked for, is not recorded again
   * until something else was.
   */
  record RecordFailure(ReconciliationFailed failure) implements ReconciliationCommand {

    @Override
    public ProjectId project() {
      return failure.project();
    }
  }

  /**
   * What could not be delivered was compared. Recorded where something was missing, unless nothing
   * could be done and the last result said the same.
   */
  record RecordNotifications(NotificationsReconciled result) implements ReconciliationCommand {

    @Override
    public ProjectId project() {
      return result.project();
    }
  }

  /** Builds were compared. Recorded. */
  record RecordBuilds(BuildsReconciled result) implements ReconciliationCommand {

    @Override
    public ProjectId project() {
      return result.project();
    }
  }

  /**
   * How the subscriptions stand. Recorded where something changed, and at the first look where not
   * all is well.
   *
   * @param project the project
   * @param statuses status by event type
   */
  record RecordSubscriptions(ProjectId project, SortedMap<String, String> statuses)
      implements ReconciliationCommand {}
}
