package io.countersign.query.traceability;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the traceability matrix: a requirement, what stands above and what came of it. */
@Schema(name = "TraceabilityRow", description = "A requirement with what leads to it and from it")
record MatrixView(
    Item requirement,
    @Schema(description = "From the parent upwards") List<Item> ancestors,
    List<Item> tasks,
    @Schema(description = "Linked by 'Tested By' or below it, also of its tasks") List<Item> tests,
    @Schema(description = "Commit hashes, of links and of pull requests") List<String> commits,
    List<PullRequest> pullRequests,
    List<Build> builds,
    List<Deployment> deployments,
    @Schema(description = "What is missing in this row, as in the findings")
        List<FindingKind> holes) {

  /**
   * A work item.
   *
   * @param id work item id
   * @param type type in the source; absent when it was never seen here
   * @param state canonical state; absent when not mapped or never seen
   */
  @Schema(name = "TracedItem")
  record Item(
      @Schema(example = "workitem:fabrikam:4711") String id,
      @Schema(example = "User Story") @Nullable String type,
      @Schema(example = "InProgress") @Nullable String state) {}

  /**
   * A pull request; only its id is known when no notification told of it.
   *
   * @param id resource id
   * @param status the source's word
   */
  @Schema(name = "TracedPullRequest")
  record PullRequest(
      @Schema(example = "pullrequest:fabrikam:75055255-180d-40f6-819c-5dd61686a788/57") String id,
      @Schema(example = "completed") @Nullable String status) {}

  /**
   * A build.
   *
   * @param id resource id
   * @param result the source's word
   */
  @Schema(name = "TracedBuild")
  record Build(
      @Schema(example = "build:fabrikam:638") String id,
      @Schema(example = "succeeded") @Nullable String result) {}

  /**
   * A deployment of one of the builds.
   *
   * @param release resource id of the release
   * @param environment the environment's name, or its id
   * @param status the source's word
   */
  @Schema(name = "TracedDeployment")
  record Deployment(
      @Schema(example = "release:fabrikam:12") String release,
      @Schema(example = "Production") String environment,
      @Schema(example = "succeeded") @Nullable String status) {}

  /**
   * The policy that says how work items hang together.
   *
   * @param id its name
   * @param version as its authors count
   * @param sha256 of its file's bytes
   * @param attached whether it is attached to the project, and not just the one for its process
   */
  @Schema(name = "TraceabilityPolicy")
  record Policy(
      @Schema(example = "agile") String id,
      @Schema(example = "2026.11.0") String version,
      @Schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
          String sha256,
      boolean attached) {}

  /**
   * A page of the matrix.
   *
   * @param items rows by number of the requirement
   * @param policy what the rows are judged by
   * @param next cursor of the next page; absent at the end
   * @param position entries up to here are in it
   */
  @Schema(name = "TraceabilityMatrix")
  record Page(List<MatrixView> items, Policy policy, @Nullable String next, long position) {}

  /**
   * Something wrong with one work item.
   *
   * @param kind what
   * @param workItem which
   * @param type its type in the source
   * @param other the other work item it is about, if any
   * @param words what it means
   */
  @Schema(name = "TraceabilityFinding")
  record Finding(
      FindingKind kind,
      @Schema(example = "workitem:fabrikam:4711") String workItem,
      @Schema(example = "Task") String type,
      @Nullable String other,
      @Schema(example = "it has no parent") String words) {}

  /**
   * A page of findings.
   *
   * @param items by kind, then by number
   * @param policy what they are judged by
   * @param next cursor of the next page; absent at the end
   * @param position entries up to here are in it
   */
  @Schema(name = "TraceabilityFindings")
  record Findings(List<Finding> items, Policy policy, @Nullable String next, long position) {}
}
