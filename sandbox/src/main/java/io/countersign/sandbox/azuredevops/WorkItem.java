package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.Update.FieldChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A work item with all it ever was. Guarded by the lock of {@link WorkItems}. */
final class WorkItem {

  static final String HISTORY = "System.History";

  private final int id;
  private final Project project;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<Relation> relations = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();
  private final List<Revision> revisions = new ArrayList<>();
  private final List<ItemComment> comments = new ArrayList<>();
  private @Nullable Instant deletedAt;
  private @Nullable SandboxPerson deletedBy;

  /**
   * What a change leaves behind.
   *
   * @param fields new values; null clears
   */
  record Draft(Map<String, @Nullable Object> fields, List<Relation> added, List<Relation> removed) {

    static Draft ofFields(Map<String, @Nullable Object> fields) {
      return new Draft(fields, List.of(), List.of());
    }

    /** Links between work items leave the revision as it is; everything else makes a new one. */
    boolean makesRevision() {
      return !fields.isEmpty() || beyondWorkItems(added) || beyondWorkItems(removed);
    }

    private static boolean beyondWorkItems(List<Relation> changed) {
      return changed.stream().anyMatch(relation -> !relation.isBetweenWorkItems());
    }
  }

  WorkItem(int id, Project project) {
    this.id = id;
    this.project = project;
  }

  /** Makes a change; the watermark is used when it makes a revision. */
  Update change(Instant at, SandboxPerson by, Draft draft, long watermark) {
    Map<String, FieldChange> told = new LinkedHashMap<>();
    relations.removeIf(relation -> draft.removed().stream().anyMatch(relation::isSame));
    relations.addAll(draft.added());
    if (draft.makesRevision()) {
      revise(told, at, by, draft, watermark);
    }
    var update =
        new Update(
            updates.size() + 1,
            rev(),
            by,
            at,
            told,
            List.copyOf(draft.added()),
            List.copyOf(draft.removed()));
    updates.add(update);
    return update;
  }

  private void revise(
      Map<String, FieldChange> told, Instant at, SandboxPerson by, Draft draft, long watermark) {
    Revision before = revisions.isEmpty() ? null : revisions.getLast();
    fields.remove(HISTORY);
    String now = Wire.fieldTime(at);
    told.put("System.Rev", new FieldChange(before == null ? null : before.rev(), rev() + 1));
    String authorized = before == null ? null : Wire.fieldTime(before.at());
    told.put("System.AuthorizedDate", new FieldChange(authorized, now));
    told.put(
        "System.RevisedDate", new FieldChange(before == null ? null : now, Wire.STILL_CURRENT));
    told.put(
        "System.Watermark", new FieldChange(before == null ? null : before.watermark(), watermark));
    Map<String, @Nullable Object> all = new LinkedHashMap<>(draft.fields());
    all.put("System.ChangedDate", now);
    all.put("System.ChangedBy", by.identity());
    for (String name : new TreeSet<>(all.keySet())) {
      set(told, name, all.get(name));
    }
    boolean gone = deletedAt != null;
    revisions.add(
        new Revision(id, rev() + 1, watermark, by, at, gone, snapshot(), List.copyOf(relations)));
  }

  private void set(Map<String, FieldChange> told, String name, @Nullable Object value) {
    Object before = fields.get(name);
    if (Objects.equals(before, value)) {
      return;
    }
    told.put(name, new FieldChange(before, value));
    if (value == null) {
      fields.remove(name);
    } else {
      fields.put(name, value);
    }
  }

  private Map<String, Object> snapshot() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  void comment(SandboxPerson by, Instant at, int number, String text) {
    comments.add(new ItemComment(number, rev(), by, at, text));
  }

  void bury(Instant at, SandboxPerson by) {
    deletedAt = at;
    deletedBy = by;
  }

  void dig() {
    deletedAt = null;
    deletedBy = null;
  }

  int id() {
    return id;
  }

  Project project() {
    return project;
  }

  int rev() {
    return revisions.size();
  }

  boolean isDeleted() {
    return deletedAt != null;
  }

  @Nullable Instant deletedAt() {
    return deletedAt;
  }

  @Nullable SandboxPerson deletedBy() {
    return deletedBy;
  }

  Map<String, Object> fields() {
    return fields;
  }

  String text(String field) {
    return String.valueOf(fields.getOrDefault(field, ""));
  }

  String type() {
    return text("System.WorkItemType");
  }

  String state() {
    return text("System.State");
  }

  List<Relation> relations() {
    return relations;
  }

  List<Update> updates() {
    return updates;
  }

  List<Revision> revisions() {
    return revisions;
  }

  List<ItemComment> comments() {
    return comments;
  }

  /** The latest revision, with the relations of now. */
  Revision now() {
    Revision last = revisions.getLast();
    return new Revision(
        id,
        last.rev(),
        last.watermark(),
        last.by(),
        last.at(),
        isDeleted(),
        snapshot(),
        List.copyOf(relations));
  }
}
