package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All work items of the organization. One change at a time, each whole or not at all. */
final class WorkItems {

  private final Place place;
  private final FieldRules rules;
  private final Moments moments;
  private final WorkItemEvents events;
  private final Map<Integer, WorkItem> byId = new TreeMap<>();
  private final List<Revision> history = new ArrayList<>();
  private final List<LinkChange> links = new ArrayList<>();
  private int lastId;
  private int lastComment;

  WorkItems(Place place, FieldRules rules, Moments moments, WorkItemEvents events) {
    this.place = place;
    this.rules = rules;
    this.moments = moments;
    this.events = events;
  }

  /** Makes a new item, in the first state of its type unless the document says another. */
  synchronized Revision create(
      Project project, String typeName, PatchDocument patch, SandboxPerson by, WriteOptions how) {
    ItemType type = project.type(typeName);
    Instant at = moments.now();
    var item = new WorkItem(lastId + 1, project);
    var change = new ItemChange(item, type, rules, place, how.bypassRules());
    WorkItem.Draft asked = change.draft(patch, by, at, this::known);
    Map<String, @Nullable Object> fields = defaults(project, type, by, at);
    fields.putAll(asked.fields());
    if (fields.get("System.Title") == null && !how.bypassRules()) {
      throw FieldRules.required("System.Title");
    }
    if (!asked.fields().containsKey("System.State")) {
      StateChange.complete(item, type, fields, by, at);
    }
    var draft = new WorkItem.Draft(fields, asked.added(), List.of());
    if (how.validateOnly()) {
      return preview(item, draft, by, at);
    }
    lastId++;
    byId.put(item.id(), item);
    apply(item, draft, by, at);
    if (!how.suppressNotifications()) {
      events.created(item, by, at);
    }
    mirror(item, draft, by, at, how);
    return item.now();
  }

  /** Changes an item. Values that are there already change nothing, and make no revision. */
  synchronized Revision change(int id, PatchDocument patch, SandboxPerson by, WriteOptions how) {
    WorkItem item = require(id);
    ItemType type = item.project().type(item.type());
    Instant at = moments.now();
    var change = new ItemChange(item, type, rules, place, how.bypassRules());
    WorkItem.Draft draft = change.draft(patch, by, at, this::known);
    if (draft.fields().isEmpty() && draft.added().isEmpty() && draft.removed().isEmpty()) {
      return item.now();
    }
    if (how.validateOnly()) {
      return preview(item, draft, by, at);
    }
    Update update = apply(item, draft, by, at);
    if (!how.suppressNotifications()) {
      events.updated(item, update);
      if (draft.fields().containsKey(WorkItem.HISTORY)) {
        events.commented(item, by, at);
      }
    }
    mirror(item, draft, by, at, how);
    return item.now();
  }

  /** Says something about an item: an update and a comment in one. */
  synchronized ItemComment comment(int id, String text, SandboxPerson by) {
    WorkItem item = require(id);
    Instant at = moments.now();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(WorkItem.HISTORY, text);
    Update update = apply(item, WorkItem.Draft.ofFields(fields), by, at);
    events.updated(item, update);
    events.commented(item, by, at);
    return item.comments().getLast();
  }

  /** Moves an item to the recycle bin, or away for ever. */
  synchronized WorkItem delete(int id, boolean destroy, SandboxPerson by) {
    WorkItem item = require(id);
    Instant at = moments.now();
    item.bury(at, by);
    apply(item, deletion(true), by, at);
    events.deleted(item, by, at);
    if (destroy) {
      byId.remove(id);
    }
    return item;
  }

  /** Takes an item out of the recycle bin. */
  synchronized WorkItem restore(int id, SandboxPerson by) {
    WorkItem item = byId.get(id);
    if (item == null || !item.isDeleted()) {
      throw ApiError.noWorkItem(id);
    }
    Instant at = moments.now();
    item.dig();
    apply(item, deletion(null), by, at);
    events.restored(item, by, at);
    return item;
  }

  /** Reads an item that is not deleted, undisturbed by changes. */
  synchronized <T> T read(int id, Function<WorkItem, T> reading) {
    return reading.apply(require(id));
  }

  /** Reads all items in the order of their numbers, deleted ones too. */
  synchronized <T> T readAll(Function<List<WorkItem>, T> reading) {
    return reading.apply(List.copyOf(byId.values()));
  }

  /** The revisions after a watermark, in their order. */
  synchronized List<Revision> after(long watermark) {
    int from = Math.clamp(watermark, 0, history.size());
    return List.copyOf(history.subList(from, history.size()));
  }

  /** The link changes after a number, in their order. */
  synchronized List<LinkChange> linksAfter(long number) {
    int from = Math.clamp(number, 0, links.size());
    return List.copyOf(links.subList(from, links.size()));
  }

  private Map<String, @Nullable Object> defaults(
      Project project, ItemType type, SandboxPerson by, Instant at) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("System.AreaPath", project.name());
    fields.put("System.TeamProject", project.name());
    fields.put("System.IterationPath", project.name());
    fields.put("System.WorkItemType", type.name());
    fields.put("System.State", type.first().name());
    fields.put("System.CreatedDate", Wire.fieldTime(at));
    fields.put("System.CreatedBy", by.identity());
    fields.put("System.CommentCount", 0);
    fields.put("Microsoft.VSTS.Common.Priority", 2);
    return fields;
  }

  private Update apply(WorkItem item, WorkItem.Draft draft, SandboxPerson by, Instant at) {
    Object said = draft.fields().get(WorkItem.HISTORY);
    if (said != null) {
      int count = (Integer) item.fields().getOrDefault("System.CommentCount", 0);
      draft.fields().put("System.CommentCount", count + 1);
    }
    Update update = item.change(at, by, draft, history.size() + 1L);
    if (draft.makesRevision()) {
      history.add(item.revisions().getLast());
    }
    if (said != null) {
      item.comment(by, at, ++lastComment, said.toString());
    }
    return update;
  }

  /** The other ends of links get updates of their own. */
  private void mirror(
      WorkItem item, WorkItem.Draft draft, SandboxPerson by, Instant at, WriteOptions how) {
    for (Relation relation : draft.added()) {
      mirror(item, relation, true, by, at, how);
    }
    for (Relation relation : draft.removed()) {
      mirror(item, relation, false, by, at, how);
    }
  }

  private void mirror(
      WorkItem item,
      Relation relation,
      boolean active,
      SandboxPerson by,
      Instant at,
      WriteOptions how) {
    WorkItem other = byId.get(relation.target().orElse(0));
    if (!relation.isBetweenWorkItems() || other == null) {
      return;
    }
    Relation back =
        Relation.between(
            Relation.opposite(relation.rel()), place.workItem(item.project(), item.id()));
    List<Relation> changed = List.of(back);
    var draft =
        new WorkItem.Draft(
            new LinkedHashMap<>(), active ? changed : List.of(), active ? List.of() : changed);
    Update update = apply(other, draft, by, at);
    if (!how.suppressNotifications()) {
      events.updated(other, update);
    }
    boolean forward = !relation.rel().endsWith("-Reverse");
    String rel = forward ? relation.rel() : back.rel();
    WorkItem source = forward ? item : other;
    WorkItem target = forward ? other : item;
    links.add(new LinkChange(links.size() + 1L, rel, source, target, active, by, at));
  }

  private static WorkItem.Draft deletion(@Nullable Boolean deleted) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(WorkItemJson.DELETED, deleted);
    return WorkItem.Draft.ofFields(fields);
  }

  /** How the item would be; its revision is still the one there is. */
  private static Revision preview(
      WorkItem item, WorkItem.Draft draft, SandboxPerson by, Instant at) {
    Map<String, Object> fields = new LinkedHashMap<>(item.fields());
    draft
        .fields()
        .forEach(
            (name, value) -> {
              if (value == null) {
                fields.remove(name);
              } else {
                fields.put(name, value);
              }
            });
    List<Relation> relations = new ArrayList<>(item.relations());
    relations.removeIf(relation -> draft.removed().stream().anyMatch(relation::isSame));
    relations.addAll(draft.added());
    return new Revision(item.id(), item.rev(), 0, by, at, false, fields, relations);
  }

  private WorkItem require(int id) {
    WorkItem item = byId.get(id);
    if (item == null || item.isDeleted()) {
      throw ApiError.noWorkItem(id);
    }
    return item;
  }

  private WorkItem known(int id) {
    WorkItem item = byId.get(id);
    if (item == null) {
      throw ApiError.noWorkItem(id);
    }
    return item;
  }
}
