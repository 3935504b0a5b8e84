package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work items as JSON: with people as objects for REST, as {@code Name <mail>} for service hooks.
 */
final class WorkItemJson {

  static final String DELETED = "System.IsDeleted";

  private static final DateTimeFormatter DELETED_DATE =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private final Place place;
  private final People people;

  /** How much of a work item is told. */
  enum Expand {
    NONE,
    FIELDS,
    LINKS,
    RELATIONS,
    ALL;

    static Expand of(@Nullable String asked) {
      if (asked == null) {
        return NONE;
      }
      for (Expand known : values()) {
        if (known.name().equalsIgnoreCase(asked)) {
          return known;
        }
      }
      throw ApiError.badArgument("'%s' is no value of $expand.".formatted(asked));
    }

    boolean withRelations() {
      return this == RELATIONS || this == ALL;
    }
  }

  WorkItemJson(Place place, People people) {
    this.place = place;
    this.people = people;
  }

  /** The item as one GET answers it. */
  ObjectNode item(Project project, Revision revision, Set<String> only, Expand expand) {
    ObjectNode json = shell(project, revision);
    json.set("fields", fields(revision.fields(), only, true));
    if (expand.withRelations()) {
      relations(json, revision.relations());
    }
    json.set("_links", links(project, revision, "workItems/"));
    json.put("url", place.workItem(project, revision.itemId()));
    return json;
  }

  /** The item as a list answers it: without links unless they are asked for. */
  ObjectNode listed(Project project, Revision revision, Set<String> only, Expand expand) {
    ObjectNode json = item(project, revision, only, expand);
    if (expand != Expand.LINKS && expand != Expand.ALL) {
      json.remove("_links");
    }
    return json;
  }

  /** The item as a service hook of resource version 1.0 tells it. */
  ObjectNode told(Project project, Revision revision, String where) {
    ObjectNode json = shell(project, revision);
    json.set("fields", fields(revision.fields(), Set.of(), false));
    relations(json, revision.relations());
    json.set("_links", links(project, revision, where));
    json.put("url", place.url(project, "_apis/wit/" + where + revision.itemId()));
    return json;
  }

  /** The answer to a deletion, and what the recycle bin holds. */
  ObjectNode deleted(WorkItem item, SandboxPerson by, Instant at) {
    String url = place.url(item.project(), "_apis/wit/recyclebin/" + item.id());
    ObjectNode json = Wire.object();
    json.put("id", item.id());
    json.put("type", item.type());
    json.put("name", item.text("System.Title"));
    json.put("project", item.project().name());
    json.put("deletedDate", DELETED_DATE.format(at));
    json.put("deletedBy", by.identity());
    json.put("code", 200);
    json.put("url", url);
    ObjectNode resource = shell(item.project(), item.now());
    resource.set("fields", fields(item.fields(), Set.of(), false));
    ObjectNode links = resource.putObject("_links");
    links.putObject("self").put("href", url);
    link(links, item.project(), "workItemType", "workItemTypes/" + Place.encoded(item.type()));
    link(links, item.project(), "fields", "fields");
    resource.put("url", url);
    json.set("resource", resource);
    return json;
  }

  private static ObjectNode shell(Project project, Revision revision) {
    ObjectNode json = Wire.object();
    json.put("id", revision.itemId());
    json.put("rev", revision.rev());
    return json;
  }

  /** Fields in the way of REST (people as objects) or of hooks. */
  ObjectNode fields(Map<String, Object> fields, Set<String> only, boolean peopleAsObjects) {
    ObjectNode json = Wire.object();
    fields.forEach(
        (name, value) -> {
          boolean wanted = only.isEmpty() || only.contains(name);
          if (wanted && !name.equals(DELETED)) {
            json.set(name, value(name, value, peopleAsObjects));
          }
        });
    return json;
  }

  JsonNode value(String name, Object value, boolean peopleAsObjects) {
    if (peopleAsObjects && FieldRules.isIdentity(name)) {
      return people
          .find(value.toString())
          .<JsonNode>map(place::person)
          .orElseGet(() -> Wire.JSON.valueToTree(value));
    }
    return Wire.JSON.valueToTree(value);
  }

  private static void relations(ObjectNode json, List<Relation> relations) {
    if (!relations.isEmpty()) {
      ArrayNode all = json.putArray("relations");
      relations.forEach(relation -> all.add(relation.json()));
    }
  }

  private ObjectNode links(Project project, Revision revision, String where) {
    int id = revision.itemId();
    ObjectNode links = Wire.object();
    link(links, project, "self", where + id);
    link(links, project, "workItemUpdates", "workItems/" + id + "/updates");
    link(links, project, "workItemRevisions", "workItems/" + id + "/revisions");
    link(links, project, "workItemComments", "workItems/" + id + "/comments");
    links.putObject("html").put("href", place.url(project, "_workitems/edit/" + id));
    String type = String.valueOf(revision.fields().get("System.WorkItemType"));
    link(links, project, "workItemType", "workItemTypes/" + Place.encoded(type));
    link(links, project, "fields", "fields");
    return links;
  }

  private void link(ObjectNode links, Project project, String name, String path) {
    links.putObject(name).put("href", place.url(project, "_apis/wit/" + path));
  }
}
