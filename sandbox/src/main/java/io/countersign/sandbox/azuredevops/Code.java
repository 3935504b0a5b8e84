package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.PipelineLife;
import io.countersign.sandbox.PullRequestLife;
import io.countersign.sandbox.RepositoryLife;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Subscriptions;
import io.countersign.sandbox.Wire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Repositories, pull requests and builds: as much as work items are linked to. */
final class Code {

  private final Organization organization;
  private final Map<String, Repository> repositories = new LinkedHashMap<>();
  private final List<PullRequest> pullRequests = new ArrayList<>();
  private final List<Build> builds = new ArrayList<>();
  private int pushes;

  /** A repository with what was pushed to it, and where its branches are. */
  record Repository(
      Project project,
      String name,
      RepositoryLife life,
      List<ObjectNode> commits,
      Map<String, String> branches) {}

  /** A pull request as it was last told. */
  static final class PullRequest {
    private final int id;
    private final Repository repository;
    private final PullRequestLife life;
    private final String branch;
    private final List<Integer> workItems;
    private ObjectNode json = Wire.object();

    PullRequest(
        int id,
        Repository repository,
        PullRequestLife life,
        String branch,
        List<Integer> workItems) {
      this.id = id;
      this.repository = repository;
      this.life = life;
      this.branch = branch;
      this.workItems = workItems;
    }

    int id() {
      return id;
    }

    Repository repository() {
      return repository;
    }

    List<Integer> workItems() {
      return workItems;
    }

    ObjectNode json() {
      return json;
    }

    boolean isActive() {
      return json.path("status").asString("").equals("active");
    }
  }

  /** A build that is over. */
  record Build(int id, Project project, ObjectNode json, List<Integer> workItems) {}

  Code(Organization organization) {
    this.organization = organization;
  }

  /** A repository of a project; it is made when it is first named. */
  synchronized Repository repository(Project project, String name) {
    return repositories.computeIfAbsent(
        project.id() + "/" + name,
        _ -> {
          var subscriptions =
              new Subscriptions(
                  new SandboxProject(organization.place().organization(), project.name()));
          return new Repository(
              project,
              name,
              new RepositoryLife(subscriptions, name),
              new ArrayList<>(),
              new LinkedHashMap<>());
        });
  }

  synchronized List<Repository> repositories() {
    return List.copyOf(repositories.values());
  }

  synchronized List<PullRequest> pullRequests() {
    return List.copyOf(pullRequests);
  }

  synchronized List<Build> builds() {
    return List.copyOf(builds);
  }

  /** Somebody pushes a commit; an open pull request of the branch is updated by it. */
  synchronized String push(
      Repository repository,
      String branch,
      SandboxPerson by,
      String message,
      List<Integer> workItems) {
    Instant at = organization.moments().now();
    pushes++;
    String ref = "refs/heads/" + branch;
    String commit = digest(repository.life().id() + "/" + pushes + "/" + message);
    String before = repository.branches().getOrDefault(ref, RepositoryLife.NOTHING);
    repository.branches().put(ref, commit);
    Notification told = repository.life().pushed(at, by, pushes, ref, before, commit, message);
    ObjectNode resource = tell(repository, told, "push/" + repository.life().id(), at, ref);
    repository.commits().add((ObjectNode) resource.path("commits").path(0).deepCopy());
    link(workItems, by, "Fixed in Commit", "Git/Commit/", repository, commit);
    for (PullRequest open : pullRequests) {
      if (open.isActive() && open.repository.equals(repository) && open.branch.equals(ref)) {
        tell(open, open.life.pushed(at, commit), at);
      }
    }
    return commit;
  }

  synchronized PullRequest open(
      Repository repository,
      String branch,
      SandboxPerson by,
      SandboxPerson reviewer,
      String title,
      List<Integer> workItems) {
    String ref = "refs/heads/" + branch;
    String commit = repository.branches().get(ref);
    if (commit == null) {
      commit = push(repository, branch, by, title, List.of());
    }
    Instant at = organization.moments().now();
    int id = pullRequests.size() + 1;
    var life = new PullRequestLife(repository.life(), id, by, title, ref, commit, at);
    var opened = new PullRequest(id, repository, life, ref, List.copyOf(workItems));
    pullRequests.add(opened);
    tell(opened, life.created(reviewer), at);
    link(workItems, by, "Pull Request", "Git/PullRequestId/", repository, Integer.toString(id));
    return opened;
  }

  synchronized PullRequest vote(int id, SandboxPerson by, int vote) {
    PullRequest pullRequest = find(id);
    Instant at = organization.moments().now();
    tell(pullRequest, pullRequest.life.voted(at, by, vote), at);
    return pullRequest;
  }

  synchronized PullRequest complete(int id, SandboxPerson by) {
    PullRequest pullRequest = find(id);
    if (!pullRequest.isActive()) {
      throw new IllegalArgumentException("The pull request %d is not active.".formatted(id));
    }
    Instant at = organization.moments().now();
    String merge = digest("merge/" + id + "/" + pullRequest.repository.life().id());
    pullRequest.repository.branches().put("refs/heads/main", merge);
    tell(pullRequest, pullRequest.life.merged(at, by, merge), at);
    return pullRequest;
  }

  /**
   * A build of the main branch ends.
   *
   * @param result succeeded, partiallySucceeded, failed or canceled
   */
  synchronized Build build(
      Repository repository, SandboxPerson by, String result, List<Integer> workItems) {
    Instant at = organization.moments().now();
    int id = builds.size() + 1;
    String commit = repository.branches().getOrDefault("refs/heads/main", RepositoryLife.NOTHING);
    Notification told =
        new PipelineLife(repository.life(), id, by).built(at.minusSeconds(60), at, commit, result);
    ObjectNode resource = resource(told);
    organization
        .hooks()
        .tell(
            new Happening(
                "tfs",
                "build.complete",
                "2.0",
                repository.project(),
                "build/" + id,
                "Build %d %s".formatted(id, result),
                at,
                Map.of("definitionName", repository.name() + ".CI", "buildStatus", result),
                resource));
    var build = new Build(id, repository.project(), resource, List.copyOf(workItems));
    builds.add(build);
    for (int item : workItems) {
      relate(item, by, "Build", "vstfs:///Build/Build/" + id);
    }
    return build;
  }

  PullRequest find(int id) {
    return pullRequests().stream()
        .filter(pullRequest -> pullRequest.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("There is no pull request %d.".formatted(id)));
  }

  private void tell(PullRequest pullRequest, Notification told, Instant at) {
    pullRequest.json =
        tell(pullRequest.repository, told, "pullrequest/" + pullRequest.id, at, pullRequest.branch);
  }

  private ObjectNode tell(
      Repository repository, Notification told, String lane, Instant at, String branch) {
    ObjectNode resource = resource(told);
    organization
        .hooks()
        .tell(
            new Happening(
                "tfs",
                told.eventType(),
                "1.0",
                repository.project(),
                lane,
                told.body().path("message").path("text").asString(""),
                at,
                Map.of("repository", repository.life().id().toString(), "branch", branch),
                resource));
    return resource;
  }

  /** The resource with the addresses of this sandbox. */
  private ObjectNode resource(Notification told) {
    String there = "https://dev.azure.com/" + organization.place().organization() + "/";
    String text = told.body().path("resource").toString();
    return (ObjectNode) Wire.read(text.replace(there, organization.place().root()));
  }

  private void link(
      List<Integer> workItems,
      SandboxPerson by,
      String name,
      String kind,
      Repository repository,
      String what) {
    UUID project = repository.project().id();
    for (int item : workItems) {
      relate(
          item,
          by,
          name,
          "vstfs:///%s%s%%2F%s%%2F%s".formatted(kind, project, repository.life().id(), what));
    }
  }

  private void relate(int item, SandboxPerson by, String name, String url) {
    var link =
        new PatchDocument.Operation.AddRelation(
            "ArtifactLink", url, Wire.object().put("name", name));
    organization.items().change(item, new PatchDocument(List.of(link)), by, WriteOptions.PLAIN);
  }

  private static String digest(String text) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
