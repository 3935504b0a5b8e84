package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes people push, review and build, as a test or somebody at a terminal asks for it. */
final class CodeControl {

  private final Organization organization;
  private final Code code;

  CodeControl(Organization organization, Code code) {
    this.organization = organization;
    this.code = code;
  }

  ObjectNode push(JsonNode body) {
    Code.Repository repository = repository(body);
    String commit =
        code.push(
            repository,
            body.path("branch").asString("main"),
            person(body, "by"),
            body.path("message").asString("A change"),
            workItems(body));
    return Wire.object()
        .put("commitId", commit)
        .put("repositoryId", repository.life().id().toString());
  }

  ObjectNode pullRequest(JsonNode body) {
    return code.open(
            repository(body),
            body.path("branch").asString("topic"),
            person(body, "by"),
            person(body, "reviewer"),
            body.path("title").asString("A change"),
            workItems(body))
        .json();
  }

  ObjectNode vote(JsonNode body) {
    return code.vote(number(body), person(body, "by"), body.path("vote").asInt(10)).json();
  }

  ObjectNode complete(JsonNode body) {
    return code.complete(number(body), person(body, "by")).json();
  }

  ObjectNode build(JsonNode body) {
    return code.build(
            repository(body),
            person(body, "by"),
            body.path("result").asString("succeeded"),
            workItems(body))
        .json();
  }

  private Code.Repository repository(JsonNode body) {
    String name = body.path("project").asString("");
    Project project =
        name.isEmpty()
            ? organization.projects().readable().getFirst()
            : organization.projects().require(name);
    return code.repository(project, body.path("repository").asString(project.name()));
  }

  private SandboxPerson person(JsonNode body, String member) {
    String text = body.path(member).asString("");
    return text.isEmpty() ? organization.access().owner() : organization.people().join(text);
  }

  private static int number(JsonNode body) {
    if (!body.path("id").isInt()) {
      throw new IllegalArgumentException("The member id is missing.");
    }
    return body.path("id").asInt();
  }

  private static List<Integer> workItems(JsonNode body) {
    List<Integer> all = new ArrayList<>();
    body.path("workItems").forEach(item -> all.add(item.asInt()));
    return all;
  }
}
