package io.countersign.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of one work item. Every method is something a person does in Azure DevOps and gives the
 * notifications the service would make of it, in order, in resource version 1.0.
 */
public final class WorkItemLife {

  private static final String HISTORY = "System.History";

  private final Subscriptions subscriptions;
  private final int number;
  private final String type;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<ObjectNode> relations = new ArrayList<>();
  private int revision;
  private int updateId;
  private int watermark;

  /**
   * A work item that does not exist yet.
   *
   * @param number its number, from 1
   * @param type for example {@code User Story}
   */
  public WorkItemLife(Subscriptions subscriptions, int number, String type) {
    this.subscriptions = subscriptions;
    this.number = number;
    this.type = type;
    this.watermark = 10_000 + number;
  }

  /** Somebody creates it, in a first state of its process. */
  public Notification created(Instant at, SandboxPerson by, String title, String state) {
    String project = subscriptions.project().name();
    fields.put("System.AreaPath", project);
    fields.put("System.TeamProject", project);
    fields.put("System.IterationPath", project + "\\Sprint 1");
    fields.put("System.WorkItemType", type);
    fields.put("System.State", state);
    fields.put("System.Reason", state);
    fields.put("System.CreatedDate", Wire.fieldTime(at));
    fields.put("System.CreatedBy", by.identity());
    fields.put("System.ChangedDate", Wire.fieldTime(at));
    fields.put("System.ChangedBy", by.identity());
    fields.put("System.CommentCount", 0);
    fields.put("System.Title", title);
    fields.put("System.BoardColumn", state);
    fields.put("System.BoardColumnDone", false);
    fields.put("Microsoft.VSTS.Common.Priority", 2);
    fields.put("Microsoft.VSTS.Common.StateChangeDate", Wire.fieldTime(at));
    fields.put("Microsoft.VSTS.Common.ValueArea", "Business");
    revision = 1;
    updateId = 1;
    return notification("created", by, snapshot("workItems/" + number), at);
  }

  /** Somebody moves it to another state. */
  public Notification movedTo(Instant at, SandboxPerson by, String state) {
    return changed(at, by, StateFields.of(fields, by, state, at));
  }

  /** Somebody gives it to somebody, or to nobody. */
  public Notification assigned(Instant at, SandboxPerson by, @Nullable SandboxPerson to) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put("System.AssignedTo", to == null ? null : to.identity());
    return changed(at, by, changes);
  }

  /**
   * Somebody changes fields.
   *
   * @param changes new values by reference name; null clears the field
   */
  public Notification changed(Instant at, SandboxPerson by, Map<String, @Nullable Object> changes) {
    ObjectNode told = Wire.object();
    String before = String.valueOf(fields.get("System.ChangedDate"));
    tell(told, "System.Rev", revision, revision + 1);
    tell(told, "System.AuthorizedDate", before, Wire.fieldTime(at));
    tell(told, "System.RevisedDate", Wire.fieldTime(at), Wire.STILL_CURRENT);
    tell(told, "System.Watermark", watermark, watermark + 1);
    Map<String, @Nullable Object> all = new LinkedHashMap<>(changes);
    all.put("System.ChangedDate", Wire.fieldTime(at));
    all.put("System.ChangedBy", by.identity());
    for (String name : new TreeSet<>(all.keySet())) {
      set(told, name, all.get(name));
    }
    revision++;
    watermark++;
    return updated(at, by, told, null);
  }

  /** Somebody links it to another work item. The revision stays: links change without it. */
  public Notification linked(Instant at, SandboxPerson by, String relation, int other) {
    ObjectNode link = Wire.object();
    link.put("rel", relation);
    link.put("url", url("workItems/" + other));
    link.putObject("attributes")
        .put("isLocked", false)
        .put("name", relation.endsWith("Reverse") ? "Parent" : "Child");
    relations.add(link);
    ObjectNode change = Wire.object();
    change.putArray("added").add(link.deepCopy());
    return updated(at, by, Wire.object(), change);
  }

  /** Somebody comments: the service tells it twice, as an update and as a comment. */
  public List<Notification> commented(Instant at, SandboxPerson by, String text) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    int comments = (Integer) fields.getOrDefault("System.CommentCount", 0);
    changes.put("System.CommentCount", comments + 1);
    changes.put(HISTORY, text);
    Notification update = changed(at, by, changes);
    Notification comment = notification("commented", by, snapshot("workItems/" + number), at);
    fields.remove(HISTORY);
    return List.of(update, comment);
  }

  /** Somebody moves it to the recycle bin. No update id is told; none is counted here. */
  public Notification deleted(Instant at, SandboxPerson by) {
    return notification("deleted", by, snapshot("recyclebin/" + number), at);
  }

  /** Somebody takes it out of the recycle bin. */
  public Notification restored(Instant at, SandboxPerson by) {
    return notification("restored", by, snapshot("workItems/" + number), at);
  }

  private void set(ObjectNode told, String name, @Nullable Object value) {
    Object before = fields.get(name);
    if (Objects.equals(before, value)) {
      return;
    }
    tell(told, name, before, value);
    if (value == null) {
      fields.remove(name);
    } else {
      fields.put(name, value);
    }
  }

  private static void tell(
      ObjectNode told, String name, @Nullable Object before, @Nullable Object after) {
    ObjectNode change = told.putObject(name);
    if (before != null) {
      change.set("oldValue", Wire.JSON.valueToTree(before));
    }
    if (after != null) {
      change.set("newValue", Wire.JSON.valueToTree(after));
    }
  }

  private Notification updated(
      Instant at, SandboxPerson by, ObjectNode told, @Nullable ObjectNode relationChange) {
    updateId++;
    ObjectNode resource = Wire.object();
    resource.put("id", updateId);
    resource.put("workItemId", number);
    resource.put("rev", revision);
    resource.set("revisedBy", by.json(subscriptions.project()));
    resource.put("revisedDate", Wire.STILL_CURRENT);
    if (!told.isEmpty()) {
      resource.set("fields", told);
    }
    if (relationChange != null) {
      resource.set("relations", relationChange);
    }
    ObjectNode links = resource.putObject("_links");
    link(links, "self", "workItems/" + number + "/updates/" + updateId);
    link(links, "workItemUpdates", "workItems/" + number + "/updates");
    link(links, "parent", "workItems/" + number);
    resource.put("url", url("workItems/" + number + "/updates/" + updateId));
    resource.set("revision", snapshot("workItems/" + number + "/revisions/" + revision));
    return notification("updated", by, resource, at);
  }

  private ObjectNode snapshot(String place) {
    ObjectNode resource = Wire.object();
    resource.put("id", number);
    resource.put("rev", revision);
    resource.set("fields", Wire.object(fields));
    if (!relations.isEmpty()) {
      ArrayNode told = resource.putArray("relations");
      relations.forEach(relation -> told.add(relation.deepCopy()));
    }
    ObjectNode links = resource.putObject("_links");
    link(links, "self", place);
    link(links, "workItemUpdates", "workItems/" + number + "/updates");
    link(links, "workItemRevisions", "workItems/" + number + "/revisions");
    resource.put("url", url(place));
    return resource;
  }

  private void link(ObjectNode links, String name, String place) {
    links.putObject(name).put("href", url(place));
  }

  private String url(String place) {
    return subscriptions.project().url("_apis/wit/" + place);
  }

  private Notification notification(
      String what, SandboxPerson by, ObjectNode resource, Instant at) {
    String sentence =
        "%s #%d (%s) %s by %s."
            .formatted(type, number, fields.get("System.Title"), what, by.name());
    return subscriptions.notification("workitem." + what, sentence, resource, at);
  }
}
