package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Types of work items, their states, and the types of links. */
final class WorkItemTypeApi {

  private final Organization organization;
  private final Place place;

  WorkItemTypeApi(Organization organization) {
    this.organization = organization;
    this.place = organization.place();
  }

  void routes(Router router) {
    router
        .on("GET", "wit/workitemtypes", this::types)
        .on("GET", "wit/workitemtypes/{type}", this::type)
        .on("GET", "wit/workitemtypes/{type}/states", this::states)
        .on("GET", "wit/workitemrelationtypes", this::relationTypes);
  }

  private Answer types(Call call) {
    Project project = organization.requireProject(call);
    return Answer.list(
        project.process().types().stream().map(type -> json(project, type)).toList());
  }

  private Answer type(Call call) {
    Project project = organization.requireProject(call);
    return Answer.json(json(project, project.type(call.variable("type"))));
  }

  private Answer states(Call call) {
    Project project = organization.requireProject(call);
    return Answer.list(states(project.type(call.variable("type"))));
  }

  private static List<ObjectNode> states(ItemType type) {
    return type.states().stream()
        .map(
            state ->
                Wire.object()
                    .put("name", state.name())
                    .put("color", state.color())
                    .put("category", state.category()))
        .toList();
  }

  private ObjectNode json(Project project, ItemType type) {
    ObjectNode json = Wire.object();
    json.put("name", type.name());
    json.put("referenceName", type.referenceName());
    json.put("description", "");
    json.put("color", "009CCC");
    json.putObject("icon")
        .put("id", "icon_clipboard")
        .put("url", place.url("_apis/wit/workItemIcons/icon_clipboard?color=009CCC&v=2"));
    json.put("isDisabled", false);
    ArrayNode states = json.putArray("states");
    states(type).forEach(states::add);
    transitions(json.putObject("transitions"), type);
    json.put("url", place.url(project, "_apis/wit/workItemTypes/" + Place.encoded(type.name())));
    return json;
  }

  /** From any state to any other; a new item begins in the first. */
  private static void transitions(ObjectNode json, ItemType type) {
    json.putArray("").addObject().put("to", type.first().name()).putNull("actions");
    for (ItemState from : type.states()) {
      ArrayNode to = json.putArray(from.name());
      type.states().stream()
          .filter(state -> !state.equals(from))
          .forEach(state -> to.addObject().put("to", state.name()).putNull("actions"));
    }
  }

  private Answer relationTypes(Call call) {
    Map<String, String> names = new TreeMap<>(Relation.names());
    List<ObjectNode> all =
        names.entrySet().stream()
            .map(
                entry -> {
                  String opposite = Relation.opposite(entry.getKey());
                  boolean directional = !opposite.equals(entry.getKey());
                  ObjectNode json = Wire.object();
                  json.putObject("attributes")
                      .put("usage", "workItemLink")
                      .put("editable", true)
                      .put("enabled", true)
                      .put("acyclic", directional)
                      .put("directional", directional)
                      .put("singleTarget", entry.getKey().equals(Hierarchy.PARENT))
                      .put("topology", directional ? "dependency" : "network")
                      .put("remote", false)
                      .put("isForward", !entry.getKey().endsWith("-Reverse"))
                      .put("oppositeEndReferenceName", opposite);
                  json.put("referenceName", entry.getKey());
                  json.put("name", entry.getValue());
                  json.put("url", place.url("_apis/wit/workItemRelationTypes/" + entry.getKey()));
                  return json;
                })
            .toList();
    return Answer.list(all);
  }
}
