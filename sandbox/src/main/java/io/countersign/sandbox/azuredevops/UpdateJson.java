package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Updates of work items as JSON. */
final class UpdateJson {

  private final Place place;
  private final WorkItemJson items;

  UpdateJson(Place place, WorkItemJson items) {
    this.place = place;
    this.items = items;
  }

  /**
   * An update as REST answers it.
   *
   * @param until when the next one came; null while it is the last
   */
  ObjectNode update(WorkItem item, Update update, @Nullable Instant until) {
    return update(item, update, until, true);
  }

  /** An update with the revision it led to, as a service hook tells it. */
  ObjectNode told(WorkItem item, Update update) {
    ObjectNode json = update(item, update, null, false);
    String self = "workItems/" + item.id() + "/revisions/" + update.rev();
    ObjectNode revision = items.told(item.project(), item.now(), "workItems/");
    String url = place.url(item.project(), "_apis/wit/" + self);
    ObjectNode links = revision.putObject("_links");
    links.putObject("self").put("href", url);
    links
        .putObject("workItemRevisions")
        .put("href", place.workItem(item.project(), item.id()) + "/revisions");
    links.putObject("parent").put("href", place.workItem(item.project(), item.id()));
    revision.put("url", url);
    json.set("revision", revision);
    return json;
  }

  private ObjectNode update(
      WorkItem item, Update update, @Nullable Instant until, boolean peopleAsObjects) {
    String url = place.workItem(item.project(), item.id());
    ObjectNode json = Wire.object();
    json.put("id", update.id());
    json.put("workItemId", item.id());
    json.put("rev", update.rev());
    json.set("revisedBy", place.revisedBy(update.by()));
    json.put("revisedDate", until == null ? Wire.STILL_CURRENT : Wire.fieldTime(until));
    if (!update.fields().isEmpty()) {
      ObjectNode fields = json.putObject("fields");
      update
          .fields()
          .forEach((name, change) -> fields.set(name, change(name, change, peopleAsObjects)));
    }
    relations(json, update);
    ObjectNode links = json.putObject("_links");
    links.putObject("self").put("href", url + "/updates/" + update.id());
    links.putObject("workItemUpdates").put("href", url + "/updates");
    links.putObject("parent").put("href", url);
    links.putObject("html").put("href", place.url(item.project(), "_workitems/edit/" + item.id()));
    json.put("url", url + "/updates/" + update.id());
    return json;
  }

  private ObjectNode change(String name, Update.FieldChange change, boolean peopleAsObjects) {
    ObjectNode json = Wire.object();
    Object before = change.before();
    if (before != null) {
      json.set("oldValue", items.value(name, before, peopleAsObjects));
    }
    Object after = change.after();
    if (after != null) {
      json.set("newValue", items.value(name, after, peopleAsObjects));
    }
    return json;
  }

  private static void relations(ObjectNode json, Update update) {
    if (update.added().isEmpty() && update.removed().isEmpty()) {
      return;
    }
    ObjectNode relations = json.putObject("relations");
    put(relations, "added", update.added());
    put(relations, "removed", update.removed());
  }

  private static void put(ObjectNode json, String name, List<Relation> relations) {
    if (!relations.isEmpty()) {
      ArrayNode all = json.putArray(name);
      relations.forEach(relation -> all.add(relation.json()));
    }
  }
}
