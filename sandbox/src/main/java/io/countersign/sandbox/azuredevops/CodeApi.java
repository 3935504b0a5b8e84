package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Repositories, commits, pull requests and builds: to read. */
final class CodeApi {

  private final Organization organization;
  private final Code code;

  CodeApi(Organization organization, Code code) {
    this.organization = organization;
    this.code = code;
  }

  void routes(Router router) {
    router
        .on("GET", "git/repositories", this::repositories)
        .on("GET", "git/repositories/{repository}", this::repository)
        .on("GET", "git/repositories/{repository}/commits", this::commits)
        .on("GET", "git/repositories/{repository}/pullrequests", this::ofRepository)
        .on("GET", "git/repositories/{repository}/pullrequests/{id}", this::pullRequest)
        .on("GET", "git/repositories/{repository}/pullrequests/{id}/workitems", this::linked)
        .on("GET", "git/pullrequests", this::pullRequests)
        .on("GET", "git/pullrequests/{id}", this::pullRequest)
        .on("GET", "build/builds", this::builds)
        .on("GET", "build/builds/{id}", this::build)
        .on("GET", "build/builds/{id}/workitems", this::built);
  }

  private Answer repositories(Call call) {
    Project project = organization.projectOf(call);
    if (project != null) {
      code.repository(project, project.name());
    }
    return Answer.list(
        code.repositories().stream()
            .filter(one -> project == null || one.project().equals(project))
            .map(this::json)
            .toList());
  }

  private Answer repository(Call call) {
    return Answer.json(json(find(call)));
  }

  private Answer commits(Call call) {
    return Answer.list(find(call).commits().reversed());
  }

  private Answer ofRepository(Call call) {
    Code.Repository repository = find(call);
    return pullRequests(call, one -> one.repository().equals(repository));
  }

  private Answer pullRequests(Call call) {
    Project project = organization.projectOf(call);
    return pullRequests(call, one -> project == null || one.repository().project().equals(project));
  }

  private Answer pullRequests(Call call, Predicate<Code.PullRequest> wanted) {
    String asked = call.parameter("searchCriteria.status");
    String status = asked == null ? "active" : asked;
    return Answer.list(
        code.pullRequests().reversed().stream()
            .filter(wanted)
            .map(Code.PullRequest::json)
            .filter(json -> status.equals("all") || json.path("status").asString("").equals(status))
            .toList());
  }

  private Answer pullRequest(Call call) {
    return Answer.json(findPullRequest(call).json());
  }

  private Answer linked(Call call) {
    return references(findPullRequest(call).workItems());
  }

  private Answer builds(Call call) {
    Project project = organization.requireProject(call);
    boolean ascending = "finishTimeAscending".equals(call.parameter("queryOrder"));
    String from = call.parameter("minTime");
    String to = call.parameter("maxTime");
    List<Code.Build> all = ascending ? code.builds() : code.builds().reversed();
    return Answer.list(
        all.stream()
            .filter(build -> build.project().equals(project))
            .map(Code.Build::json)
            .filter(
                json -> {
                  Instant finished = Dates.parse(json.path("finishTime").asString(""));
                  return (from == null || !finished.isBefore(Dates.parse(from)))
                      && (to == null || !finished.isAfter(Dates.parse(to)));
                })
            .limit(call.number("$top", 1000, 5000))
            .toList());
  }

  private Answer build(Call call) {
    return Answer.json(findBuild(call).json());
  }

  private Answer built(Call call) {
    return references(findBuild(call).workItems());
  }

  private Answer references(List<Integer> workItems) {
    return Answer.list(
        workItems.stream()
            .map(
                id ->
                    Wire.object()
                        .put("id", Integer.toString(id))
                        .put("url", organization.place().url("_apis/wit/workItems/" + id)))
            .toList());
  }

  private Code.Repository find(Call call) {
    String key = call.variable("repository");
    return code.repositories().stream()
        .filter(one -> one.life().id().toString().equals(key) || one.name().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "GitRepositoryNotFoundException",
                    ("TF401019: The Git repository with name or identifier %s does not exist or you"
                            + " do not have permissions for the operation you are attempting.")
                        .formatted(key)));
  }

  private Code.PullRequest findPullRequest(Call call) {
    try {
      return code.find(call.id());
    } catch (IllegalArgumentException e) {
      throw ApiError.notFound(
          "GitPullRequestNotFoundException", "TF401180: The requested pull request was not found.");
    }
  }

  private Code.Build findBuild(Call call) {
    int id = call.id();
    return code.builds().stream()
        .filter(build -> build.id() == id)
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "BuildNotFoundException",
                    "The requested build %d could not be found.".formatted(id)));
  }

  private ObjectNode json(Code.Repository repository) {
    Place place = organization.place();
    Project project = repository.project();
    String id = repository.life().id().toString();
    ObjectNode json = Wire.object();
    json.put("id", id);
    json.put("name", repository.name());
    json.put("url", place.url(project, "_apis/git/repositories/" + id));
    json.putObject("project")
        .put("id", project.id().toString())
        .put("name", project.name())
        .put("url", place.url("_apis/projects/" + project.id()))
        .put("state", "wellFormed")
        .put("revision", 11)
        .put("visibility", project.visibility())
        .put("lastUpdateTime", Wire.fieldTime(project.createdAt()));
    json.put("defaultBranch", "refs/heads/main");
    json.put("size", 0);
    String web = place.url(Place.encoded(project.name()) + "/_git/" + repository.name());
    json.put("remoteUrl", web);
    json.put("sshUrl", "git@ssh.dev.azure.com:v3/" + place.organization() + "/" + id);
    json.put("webUrl", web);
    json.put("isDisabled", false);
    json.put("isInMaintenance", false);
    return json;
  }
}
