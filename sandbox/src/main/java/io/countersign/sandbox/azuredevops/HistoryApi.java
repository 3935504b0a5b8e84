package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.WorkItemJson.Expand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was of work items: updates, revisions, comments, the recycle bin. */
final class HistoryApi {

  private final Organization organization;
  private final WorkItems items;

  HistoryApi(Organization organization) {
    this.organization = organization;
    this.items = organization.items();
  }

  void routes(Router router) {
    router
        .on("GET", "wit/workitems/{id}/updates", this::updates)
        .on("GET", "wit/workitems/{id}/updates/{number}", this::update)
        .on("GET", "wit/workitems/{id}/revisions", this::revisions)
        .on("GET", "wit/workitems/{id}/revisions/{number}", this::revision)
        .on("GET", "wit/workitems/{id}/comments", this::comments)
        .on("POST", "wit/workitems/{id}/comments", this::comment)
        .on("GET", "wit/recyclebin", this::bin)
        .on("GET", "wit/recyclebin/{id}", this::binned)
        .on("PATCH", "wit/recyclebin/{id}", this::restore);
  }

  private Answer updates(Call call) {
    int skip = call.number("$skip", 0, Integer.MAX_VALUE);
    int top = call.number("$top", 200, 200);
    return Answer.list(read(call, item -> json(item).stream().skip(skip).limit(top).toList()));
  }

  private Answer update(Call call) {
    int number = number(call);
    return Answer.json(read(call, item -> at(json(item), number, item.id())));
  }

  private List<ObjectNode> json(WorkItem item) {
    List<Update> updates = item.updates();
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < updates.size(); i++) {
      Instant until = i + 1 < updates.size() ? updates.get(i + 1).at() : null;
      all.add(organization.updateJson().update(item, updates.get(i), until));
    }
    return all;
  }

  private Answer revisions(Call call) {
    int skip = call.number("$skip", 0, Integer.MAX_VALUE);
    int top = call.number("$top", 200, 200);
    Expand expand = Expand.of(call.parameter("$expand"));
    return Answer.list(
        read(
            call,
            item ->
                item.revisions().stream()
                    .skip(skip)
                    .limit(top)
                    .map(
                        revision ->
                            organization
                                .itemJson()
                                .listed(item.project(), revision, Set.of(), expand))
                    .toList()));
  }

  private Answer revision(Call call) {
    int number = number(call);
    Expand expand = Expand.of(call.parameter("$expand"));
    return Answer.json(
        read(
            call,
            item ->
                organization
                    .itemJson()
                    .item(
                        item.project(),
                        at(item.revisions(), number, item.id()),
                        Set.of(),
                        expand)));
  }

  private Answer comments(Call call) {
    int top = call.number("$top", 200, 200);
    boolean ascending = "asc".equalsIgnoreCase(call.parameter("order"));
    return Answer.json(
        read(
            call,
            item -> {
              List<ItemComment> all = item.comments();
              List<ItemComment> ordered = ascending ? all : all.reversed();
              ObjectNode json = Wire.object();
              json.put("totalCount", all.size());
              json.put("count", Math.min(top, all.size()));
              ArrayNode comments = json.putArray("comments");
              ordered.stream().limit(top).forEach(said -> comments.add(json(item, said)));
              return json;
            }));
  }

  private Answer comment(Call call) {
    String text = call.json().path("text").asString("");
    if (text.isBlank()) {
      throw ApiError.badArgument("The text of the comment is empty.");
    }
    if (!organization.access().may(call.by(), Permission.WRITE)) {
      throw ApiError.noWorkItem(call.id());
    }
    read(call, WorkItem::id);
    ItemComment said = items.comment(call.id(), text, call.by());
    return Answer.json(read(call, item -> json(item, said)));
  }

  private ObjectNode json(WorkItem item, ItemComment said) {
    Place place = organization.place();
    ObjectNode json = Wire.object();
    json.put("workItemId", item.id());
    json.put("id", said.id());
    json.put("version", 1);
    json.put("text", said.text());
    json.set("createdBy", place.person(said.by()));
    json.put("createdDate", Wire.fieldTime(said.at()));
    json.set("modifiedBy", place.person(said.by()));
    json.put("modifiedDate", Wire.fieldTime(said.at()));
    json.put("format", "html");
    json.put("renderedText", said.text());
    json.put("url", place.workItem(item.project(), item.id()) + "/comments/" + said.id());
    return json;
  }

  private Answer bin(Call call) {
    List<ObjectNode> all =
        items.readAll(
            everything ->
                everything.stream().filter(WorkItem::isDeleted).map(this::deleted).toList());
    return Answer.list(all);
  }

  private Answer binned(Call call) {
    int id = call.id();
    return items.readAll(
        everything ->
            everything.stream()
                .filter(item -> item.id() == id && item.isDeleted())
                .findFirst()
                .map(item -> Answer.json(deleted(item)))
                .orElseThrow(() -> ApiError.noWorkItem(id)));
  }

  private Answer restore(Call call) {
    if (call.json().path("isDeleted").asBoolean(true)) {
      throw ApiError.badArgument("Only isDeleted can be set here, to false.");
    }
    WorkItem item = items.restore(call.id(), call.by());
    ObjectNode json = Wire.object();
    json.put("id", item.id());
    json.put("type", item.type());
    json.put("name", item.text("System.Title"));
    json.put("project", item.project().name());
    json.put("code", 200);
    json.put("url", organization.place().workItem(item.project(), item.id()));
    return Answer.json(json);
  }

  private ObjectNode deleted(WorkItem item) {
    var by = item.deletedBy();
    var at = item.deletedAt();
    return organization
        .itemJson()
        .deleted(
            item, by == null ? organization.access().owner() : by, at == null ? Instant.EPOCH : at);
  }

  private <T> T read(Call call, Function<WorkItem, T> reading) {
    organization.projectOf(call);
    if (!organization.access().may(call.by(), Permission.READ)) {
      throw ApiError.noWorkItem(call.id());
    }
    return items.read(call.id(), reading);
  }

  private static int number(Call call) {
    try {
      return Integer.parseInt(call.variable("number"));
    } catch (NumberFormatException e) {
      throw ApiError.badArgument("'%s' is no number.".formatted(call.variable("number")));
    }
  }

  private static <T> T at(List<T> all, int number, int id) {
    if (number < 1 || number > all.size()) {
      throw ApiError.notFound(
          "WorkItemRevisionNotFoundException",
          "Work item %d has no number %d.".formatted(id, number));
    }
    return all.get(number - 1);
  }
}
