package io.countersign.command.azuredevops;

import io.countersign.command.identity.SourceIdentity;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.project.ProjectStates;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SubjectId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Turns a notification into commands. Pure: the same notification and look-ups always give the same
 * translation.
 */
public final class NotificationTranslator {

  private static final Person NOBODY = new Person(new SubjectId(new UUID(0, 0)), null);
  private static final ProjectStates UNDECIDED = _ -> ProjectSettings.UNKNOWN;

  /**
   * The identities a translation will ask for, found by translating once with nobody behind them.
   * Empty when the notification cannot be translated.
   */
  public Set<SourceIdentity> identities(Notification notification, UUID delivery) {
    Set<SourceIdentity> identities = new LinkedHashSet<>();
    translate(
        notification,
        delivery,
        new Lookups(
            identity -> {
              identities.add(identity);
              return NOBODY;
            },
            UNDECIDED,
            (_, _) -> ""));
    return identities;
  }

  /**
   * Translates.
   *
   * @param delivery our id of the delivery
   * @param lookups answers for all of {@link #identities}
   */
  public Translation translate(Notification notification, UUID delivery, Lookups lookups) {
    try {
      return new Translation.Commands(commands(notification, delivery, lookups));
    } catch (ShapeException e) {
      return new Translation.Quarantined(e.code(), e.detail());
    }
  }

  private static List<AggregateCommand> commands(
      Notification notification, UUID delivery, Lookups lookups) {
    ResourceContext context = ResourceContext.of(notification, delivery, lookups);
    var code = new CodeTranslation(context);
    var pipelines = new PipelineTranslation(context);
    var releases = new ReleaseTranslation(context);
    var others = new OtherTranslation(context);
    return switch (notification.kind()) {
      case WORK_ITEM_CREATED -> new WorkItemTranslation(notification, lookups).created();
      case WORK_ITEM_UPDATED -> new WorkItemTranslation(notification, lookups).updated();
      case WORK_ITEM_COMMENTED -> new WorkItemTranslation(notification, lookups).commented();
      case WORK_ITEM_DELETED -> new WorkItemTranslation(notification, lookups).deleted();
      case WORK_ITEM_RESTORED -> new WorkItemTranslation(notification, lookups).restored();
      case PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED, PULL_REQUEST_MERGED ->
          context.record(code.pullRequest());
      case PULL_REQUEST_COMMENTED -> context.record(code.comment());
      case PUSHED -> context.record(code.push());
      case BUILD_COMPLETED -> context.record(pipelines.build());
      case RUN_CHANGED -> context.record(pipelines.run());
      case STAGE_CHANGED -> context.record(pipelines.stage());
      case JOB_CHANGED -> context.record(pipelines.job());
      case RUN_APPROVAL_PENDING, RUN_APPROVAL_COMPLETED -> context.record(pipelines.approval());
      case RELEASE_CREATED, RELEASE_ABANDONED -> context.record(releases.release());
      case DEPLOYMENT_STARTED, DEPLOYMENT_COMPLETED -> context.record(releases.deployment());
      case RELEASE_APPROVAL_PENDING, RELEASE_APPROVAL_COMPLETED ->
          context.record(releases.approval());
      case REPOSITORY_CREATED,
          REPOSITORY_DELETED,
          REPOSITORY_FORKED,
          REPOSITORY_RENAMED,
          REPOSITORY_STATUS_CHANGED ->
          context.record(others.repository());
      case CHANGESET -> context.record(others.changeset());
      case CHECK_UPDATED -> context.record(others.check());
      case ENDPOINT_CREATED, ENDPOINT_UPDATED -> context.record(others.endpoint());
      case AGENT_QUEUE_CREATED, AGENT_QUEUE_UPDATED -> context.record(others.agentQueue());
      case AGENT_POOL_RESIZED -> context.record(others.agentPool());
      case ALERT_CREATED, ALERT_STATE_CHANGED, ALERT_UPDATED -> context.record(others.alert());
      case MESSAGE_POSTED -> context.record(others.message());
    };
  }
}
