package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Projects, their processes and the operations that make them. */
final class ProjectApi {

  private final Organization organization;
  private final Place place;

  ProjectApi(Organization organization) {
    this.organization = organization;
    this.place = organization.place();
  }

  void routes(Router router) {
    router
        .on("GET", "projects", this::list)
        .on("POST", "projects", this::create)
        .on("GET", "projects/{project}", this::get)
        .on("DELETE", "projects/{project}", this::delete)
        .on("GET", "operations/{id}", this::operation)
        .on("GET", "process/processes", this::processes)
        .on("GET", "process/processes/{id}", this::process);
  }

  private Answer list(Call call) {
    List<ObjectNode> all =
        organization.projects().readable().stream()
            .skip(call.number("$skip", 0, Integer.MAX_VALUE))
            .limit(call.number("$top", 100, 1000))
            .map(this::reference)
            .toList();
    return Answer.list(all);
  }

  private Answer get(Call call) {
    Project project = organization.projects().require(call.variable("project"));
    ObjectNode json = reference(project);
    if (call.isSet("includeCapabilities")) {
      ObjectNode capabilities = json.putObject("capabilities");
      capabilities
          .putObject("processTemplate")
          .put("templateName", project.process().name())
          .put("templateTypeId", project.process().id().toString());
      capabilities
          .putObject("versioncontrol")
          .put("sourceControlType", "Git")
          .put("gitEnabled", "True")
          .put("tfvcEnabled", "False");
    }
    ObjectNode links = json.putObject("_links");
    links.putObject("self").put("href", json.path("url").asString());
    links
        .putObject("collection")
        .put("href", place.url("_apis/projectCollections/" + place.collectionId()));
    links.putObject("web").put("href", place.url(Place.encoded(project.name())));
    UUID team = place.derived("team/" + project.id());
    json.putObject("defaultTeam")
        .put("id", team.toString())
        .put("name", project.name() + " Team")
        .put("url", json.path("url").asString() + "/teams/" + team);
    return Answer.json(json);
  }

  private Answer create(Call call) {
    JsonNode body = call.json();
    String name = body.path("name").asString("").strip();
    if (name.isEmpty() || name.length() > 64 || name.matches(".*[\\\\/:*?\"<>|;#$,+=\\[\\]{}].*")) {
      throw ApiError.badArgument("'%s' is not a valid name of a project.".formatted(name));
    }
    String template =
        body.path("capabilities").path("processTemplate").path("templateTypeId").asString("");
    ProcessTemplate process =
        ProcessTemplate.find(template)
            .orElseThrow(
                () -> ApiError.badArgument("There is no process '%s'.".formatted(template)));
    Projects.Operation operation =
        organization
            .projects()
            .create(
                name,
                body.path("description").asString(""),
                visibility(body.path("visibility")),
                process);
    return Answer.json(202, reference(operation.id(), "notSet"));
  }

  /** Microsoft's own client sends the place in the enum, as a number. */
  private static String visibility(JsonNode visibility) {
    String asked =
        visibility.asString(visibility.isMissingNode() ? "private" : visibility.toString());
    return asked.equals("2") || asked.equals("public") ? "public" : "private";
  }

  private Answer delete(Call call) {
    Project project = organization.projects().require(call.variable("project"));
    Projects.Operation operation = organization.projects().delete(project.id());
    return Answer.json(202, reference(operation.id(), "queued"));
  }

  private Answer operation(Call call) {
    String key = call.variable("id");
    UUID id;
    try {
      id = UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw ApiError.badArgument("'%s' is not the id of an operation.".formatted(key));
    }
    Projects.Operation operation = organization.projects().operation(id);
    if (operation == null) {
      throw ApiError.notFound(
          "OperationNotFoundException", "VS402421: There is no operation %s.".formatted(id));
    }
    ObjectNode json = reference(id, operation.statusAt(organization.moments().now()));
    json.putObject("_links").putObject("self").put("href", json.path("url").asString());
    return Answer.json(json);
  }

  private ObjectNode reference(UUID operation, String status) {
    return Wire.object()
        .put("id", operation.toString())
        .put("status", status)
        .put("url", place.url("_apis/operations/" + operation));
  }

  private ObjectNode reference(Project project) {
    ObjectNode json = Wire.object();
    json.put("id", project.id().toString());
    json.put("name", project.name());
    if (!project.description().isEmpty()) {
      json.put("description", project.description());
    }
    json.put("url", place.url("_apis/projects/" + project.id()));
    json.put("state", "wellFormed");
    json.put("revision", 11);
    json.put("visibility", project.visibility());
    json.put("lastUpdateTime", Wire.fieldTime(project.createdAt()));
    return json;
  }

  private Answer processes(Call call) {
    return Answer.list(ProcessTemplate.ALL.stream().map(this::process).toList());
  }

  private Answer process(Call call) {
    return ProcessTemplate.find(call.variable("id"))
        .map(process -> Answer.json(process(process)))
        .orElseThrow(
            () ->
                ApiError.notFound(
                    "ProcessTemplateNotFoundByIdException", "There is no such process."));
  }

  private ObjectNode process(ProcessTemplate process) {
    ObjectNode json = Wire.object();
    json.put("id", process.id().toString());
    json.put("description", process.description());
    json.put("isDefault", process.isDefault());
    json.put("type", process.parent() == null ? "system" : "inherited");
    json.put("url", place.url("_apis/process/processes/" + process.id()));
    json.put("name", process.name());
    return json;
  }
}
