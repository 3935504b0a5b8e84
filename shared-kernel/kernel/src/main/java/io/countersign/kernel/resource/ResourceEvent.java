package io.countersign.kernel.resource;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.FieldValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts about things that are no work items, as the source reported them. Status and result words
 * are the source's. Names of branches, repositories, definitions and environments are kept in clear
 * because rules are about them; text people wrote is sealed under the resource's key.
 */
public sealed interface ResourceEvent {

  /** What it is about. */
  ResourceId resource();

  /** The notification that reported it. */
  Report report();

  /** A pull request was created, updated, voted on, completed or abandoned: how it stands now. */
  record PullRequestChanged(
      ResourceId resource,
      Report report,
      int number,
      Named repository,
      String status,
      boolean draft,
      String sourceBranch,
      String targetBranch,
      @Nullable String sourceCommit,
      @Nullable String targetCommit,
      @Nullable String mergeCommit,
      @Nullable String mergeStatus,
      @Nullable Person createdBy,
      @Nullable Person closedBy,
      @Nullable Instant createdAt,
      @Nullable Instant closedAt,
      @Nullable SealedText title,
      @Nullable SealedText description,
      List<Review> reviews,
      List<String> commits)
      implements ResourceEvent {}

  /** Somebody commented on a pull request, or changed or deleted a comment. */
  record PullRequestCommented(
      ResourceId resource,
      Report report,
      int comment,
      @Nullable Integer parent,
      @Nullable Person author,
      @Nullable SealedText text,
      @Nullable Instant publishedAt,
      boolean deleted)
      implements ResourceEvent {}

  /** A build ended. {@code result} is absent in the old shape, whose status says it. */
  record BuildCompleted(
      ResourceId resource,
      Report report,
      String number,
      String status,
      @Nullable String result,
      @Nullable String reason,
      Named definition,
      @Nullable Named repository,
      @Nullable String branch,
      @Nullable String commit,
      @Nullable Person requestedFor,
      @Nullable Person requestedBy,
      @Nullable Instant queuedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt)
      implements ResourceEvent {}

  /** A pipeline run changed its state. */
  record RunChanged(
      ResourceId resource,
      Report report,
      Named pipeline,
      @Nullable String name,
      String state,
      @Nullable String result,
      @Nullable Instant createdAt,
      @Nullable Instant finishedAt)
      implements ResourceEvent {}

  /** A stage of a run changed its state. */
  record StageChanged(
      ResourceId resource,
      Report report,
      Named pipeline,
      String stage,
      String state,
      @Nullable String result,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt)
      implements ResourceEvent {}

  /** A job of a run changed its state. */
  record JobChanged(
      ResourceId resource,
      Report report,
      Named pipeline,
      @Nullable String stage,
      String job,
      String state,
      @Nullable String result,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt)
      implements ResourceEvent {}

  /** A classic release was created or abandoned. */
  record ReleaseChanged(
      ResourceId resource,
      Report report,
      @Nullable String name,
      String status,
      @Nullable String reason,
      @Nullable Named definition,
      @Nullable Person createdBy,
      @Nullable Person modifiedBy,
      @Nullable Instant createdAt,
      @Nullable Instant modifiedAt,
      @Nullable SealedText description,
      List<Artifact> artifacts)
      implements ResourceEvent {}

  /** A deployment of a classic release to an environment started or ended. */
  record DeploymentChanged(
      ResourceId resource,
      Report report,
      Named environment,
      String status,
      @Nullable Integer attempt,
      @Nullable Person owner,
      @Nullable Person requestedFor,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      List<Artifact> artifacts)
      implements ResourceEvent {}

  /**
   * An approval waits or was decided.
   *
   * @param resource the run or release it holds up, or the approval itself where that is not told
   * @param report the notification
   * @param approval id of the approval
   * @param status the source's word
   * @param type for classic releases {@code preDeploy} or {@code postDeploy}
   * @param environment environment or stage it guards
   * @param automated whether nobody had to decide
   * @param required how many have to approve
   * @param steps the approvers
   * @param blocked who may not approve
   */
  record ApprovalChanged(
      ResourceId resource,
      Report report,
      String approval,
      String status,
      @Nullable String type,
      @Nullable Named environment,
      boolean automated,
      @Nullable Integer required,
      List<ApprovalStep> steps,
      List<Person> blocked)
      implements ResourceEvent {}

  /**
   * Commits were pushed. Azure DevOps leaves out commits of large pushes: {@code refs} tell the
   * range.
   */
  record Pushed(
      ResourceId resource,
      Report report,
      Named repository,
      @Nullable Person pushedBy,
      List<RefUpdate> refs,
      List<Commit> commits)
      implements ResourceEvent {}

  /**
   * Anything else: its scalar members by JSON pointer, strings sealed.
   *
   * @param resource what
   * @param report the notification
   * @param members values by JSON pointer inside the resource
   * @param truncated whether there were more than are kept
   */
  record Observed(
      ResourceId resource, Report report, Map<String, FieldValue> members, boolean truncated)
      implements ResourceEvent {}

  /** The delivery it stems from. */
  default UUID delivery() {
    return report().delivery();
  }
}
