package io.countersign.command.azuredevops;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event type of Azure DevOps' service hooks that is recognized. */
public enum NotificationKind {
  WORK_ITEM_CREATED("workitem.created"),
  WORK_ITEM_UPDATED("workitem.updated"),
  WORK_ITEM_COMMENTED("workitem.commented"),
  WORK_ITEM_DELETED("workitem.deleted"),
  WORK_ITEM_RESTORED("workitem.restored"),
  PULL_REQUEST_CREATED("git.pullrequest.created"),
  PULL_REQUEST_UPDATED("git.pullrequest.updated"),
  PULL_REQUEST_MERGED("git.pullrequest.merged"),
  PULL_REQUEST_COMMENTED("ms.vss-code.git-pullrequest-comment-event"),
  PUSHED("git.push"),
  REPOSITORY_CREATED("git.repo.created"),
  REPOSITORY_DELETED("git.repo.deleted"),
  REPOSITORY_FORKED("git.repo.forked"),
  REPOSITORY_RENAMED("git.repo.renamed"),
  REPOSITORY_STATUS_CHANGED("git.repo.statuschanged"),
  CHANGESET("tfvc.checkin"),
  BUILD_COMPLETED("build.complete"),
  RUN_CHANGED("ms.vss-pipelines.run-state-changed-event"),
  STAGE_CHANGED("ms.vss-pipelines.stage-state-changed-event"),
  JOB_CHANGED("ms.vss-pipelines.job-state-changed-event"),
  RUN_APPROVAL_PENDING("ms.vss-pipelinechecks-events.approval-pending"),
  RUN_APPROVAL_COMPLETED("ms.vss-pipelinechecks-events.approval-completed"),
  CHECK_UPDATED("ms.vss-pipelinechecks-events.check-updated-event"),
  RELEASE_CREATED("ms.vss-release.release-created-event"),
  RELEASE_ABANDONED("ms.vss-release.release-abandoned-event"),
  DEPLOYMENT_STARTED("ms.vss-release.deployment-started-event"),
  DEPLOYMENT_COMPLETED("ms.vss-release.deployment-completed-event"),
  RELEASE_APPROVAL_PENDING("ms.vss-release.deployment-approval-pending-event"),
  RELEASE_APPROVAL_COMPLETED("ms.vss-release.deployment-approval-completed-event"),
  ENDPOINT_CREATED("ms.vss-endpoint.endpoint-created"),
  ENDPOINT_UPDATED("ms.vss-endpoint.endpoint-updated"),
  AGENT_QUEUE_CREATED("agentqueue.created"),
  AGENT_QUEUE_UPDATED("agentqueue.updated"),
  AGENT_POOL_RESIZED("elasticagentpool.resized"),
  ALERT_CREATED("ms.vss-alerts.alert-created-event"),
  ALERT_STATE_CHANGED("ms.vss-alerts.alert-state-changed-event"),
  ALERT_UPDATED("ms.vss-alerts.alert-updated-event"),
  MESSAGE_POSTED("message.posted");

  private static final Map<String, NotificationKind> BY_TYPE =
      Arrays.stream(values())
          .collect(Collectors.toMap(NotificationKind::eventType, Function.identity()));

  private final String eventType;

  NotificationKind(String eventType) {
    this.eventType = eventType;
  }

  /** The source's id of the event type. */
  public String eventType() {
    return eventType;
  }

  static Optional<NotificationKind> of(String eventType) {
    return Optional.ofNullable(BY_TYPE.get(eventType));
  }
}
