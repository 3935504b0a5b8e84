package io.countersign.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of one pull request; every method gives the notification the service would make. */
public final class PullRequestLife {

  private static final String MAIN = "refs/heads/main";

  private final RepositoryLife repository;
  private final int number;
  private final SandboxPerson author;
  private final String title;
  private final String branch;
  private final Instant createdAt;
  private final Map<SandboxPerson, Integer> votes = new LinkedHashMap<>();
  private String commit;
  private int comments;
  private @Nullable String mergeCommit;
  private @Nullable SandboxPerson closedBy;
  private @Nullable Instant closedAt;

  /**
   * A pull request that is about to be created.
   *
   * @param number its number, from 1
   * @param branch for example {@code refs/heads/topic}
   * @param commit what the branch is on, 40 hexadecimal digits
   */
  public PullRequestLife(
      RepositoryLife repository,
      int number,
      SandboxPerson author,
      String title,
      String branch,
      String commit,
      Instant createdAt) {
    this.repository = repository;
    this.number = number;
    this.author = author;
    this.title = title;
    this.branch = branch;
    this.commit = commit;
    this.createdAt = createdAt;
  }

  /** It is created. */
  public Notification created(SandboxPerson reviewer) {
    votes.put(reviewer, 0);
    return notification("git.pullrequest.created", "created a pull request", createdAt);
  }

  /** A commit was pushed to its branch. */
  public Notification pushed(Instant at, String commit) {
    this.commit = commit;
    return notification("git.pullrequest.updated", "updated the source branch", at);
  }

  /** Somebody votes: -10, -5, 0, 5 or 10. */
  public Notification voted(Instant at, SandboxPerson by, int vote) {
    votes.put(by, vote);
    return notification("git.pullrequest.updated", "changed the reviewer list", at);
  }

  /** It is completed. */
  public Notification merged(Instant at, SandboxPerson by, String mergeCommit) {
    this.mergeCommit = mergeCommit;
    this.closedBy = by;
    this.closedAt = at;
    return notification("git.pullrequest.merged", "completed the pull request", at);
  }

  /** Somebody comments on it. */
  public Notification commented(Instant at, SandboxPerson by, String text) {
    comments++;
    SandboxProject project = repository.subscriptions().project();
    ObjectNode resource = Wire.object();
    ObjectNode comment = resource.putObject("comment");
    comment.put("id", comments);
    comment.put("parentCommentId", 0);
    comment.set("author", project.person(by));
    comment.put("content", text);
    comment.put("publishedDate", Wire.fieldTime(at));
    comment.put("lastUpdatedDate", Wire.fieldTime(at));
    comment.put("lastContentUpdatedDate", Wire.fieldTime(at));
    comment.put("commentType", "text");
    comment.putArray("usersLiked");
    comment
        .putObject("_links")
        .putObject("self")
        .put("href", url() + "/threads/" + comments + "/comments/" + comments);
    resource.set("pullRequest", json());
    return repository
        .subscriptions()
        .notification(
            "ms.vss-code.git-pullrequest-comment-event",
            "tfs",
            "2.0",
            "%s commented on a pull request".formatted(by.name()),
            resource,
            at);
  }

  private Notification notification(String eventType, String what, Instant at) {
    return repository
        .subscriptions()
        .notification(eventType, "%s %s (%s)".formatted(author.name(), what, title), json(), at);
  }

  private ObjectNode json() {
    SandboxProject project = repository.subscriptions().project();
    ObjectNode json = Wire.object();
    json.set("repository", repository.json());
    json.put("pullRequestId", number);
    json.put("codeReviewId", number);
    json.put("status", closedAt == null ? "active" : "completed");
    json.set("createdBy", project.person(author));
    json.put("creationDate", Wire.envelopeTime(createdAt));
    if (closedAt != null) {
      json.put("closedDate", Wire.envelopeTime(closedAt));
    }
    json.put("title", title);
    json.put("description", title);
    json.put("sourceRefName", branch);
    json.put("targetRefName", MAIN);
    json.put("mergeStatus", "succeeded");
    json.put("isDraft", false);
    json.put("mergeId", derived("merge/" + commit).toString());
    json.set("lastMergeSourceCommit", commit(commit));
    json.set("lastMergeTargetCommit", commit("f".repeat(40)));
    if (mergeCommit != null) {
      json.set("lastMergeCommit", commit(mergeCommit));
    }
    ArrayNode reviewers = json.putArray("reviewers");
    votes.forEach((reviewer, vote) -> reviewers.add(reviewer(reviewer, vote)));
    json.put("url", url());
    json.putObject("_links").putObject("web").put("href", web());
    json.put("supportsIterations", true);
    if (closedBy != null) {
      json.set("closedBy", project.person(closedBy));
    }
    json.put(
        "artifactId",
        "vstfs:///Git/PullRequestId/%s%%2f%s%%2f%d"
            .formatted(project.projectId(), repository.id(), number));
    return json;
  }

  private ObjectNode reviewer(SandboxPerson person, int vote) {
    ObjectNode json = Wire.object();
    json.put("reviewerUrl", url() + "/reviewers/" + person.id());
    json.put("vote", vote);
    json.put("hasDeclined", false);
    json.put("isRequired", true);
    json.put("isFlagged", false);
    json.setAll(repository.subscriptions().project().person(person));
    return json;
  }

  private ObjectNode commit(String id) {
    return Wire.object().put("commitId", id).put("url", repository.url("commits/" + id));
  }

  private String url() {
    return repository.url("pullRequests/" + number);
  }

  private String web() {
    SandboxProject project = repository.subscriptions().project();
    return project.url(project.name() + "/_git/" + repository.name() + "/pullrequest/" + number);
  }

  private UUID derived(String what) {
    return UUID.nameUUIDFromBytes((url() + what).getBytes(StandardCharsets.UTF_8));
  }
}
