package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.PatchDocument.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a patch document into what it changes on a work item; throws before anything is changed.
 */
final class ItemChange {

  private final WorkItem item;
  private final ItemType type;
  private final FieldRules rules;
  private final Place place;
  private final boolean bypass;
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final List<Relation> relations;

  ItemChange(WorkItem item, ItemType type, FieldRules rules, Place place, boolean bypass) {
    this.item = item;
    this.type = type;
    this.rules = rules;
    this.place = place;
    this.bypass = bypass;
    this.relations = new ArrayList<>(item.relations());
  }

  /**
   * What the document changes.
   *
   * @param others finds other work items by number, or throws
   */
  WorkItem.Draft draft(
      PatchDocument patch, SandboxPerson by, Instant at, IntFunction<WorkItem> others) {
    // places of relations are those before the document, so removals wait for its end
    List<Relation> removed = new ArrayList<>();
    List<Relation> added = new ArrayList<>();
    for (Operation operation : patch.operations()) {
      switch (operation) {
        case Operation.Test(String path, JsonNode value) -> test(path, value);
        case Operation.SetField(String name, JsonNode value) -> set(name, value);
        case Operation.AddRelation add -> added.add(relation(add, at, others, added));
        case Operation.RemoveRelation(int index) -> removed.add(existing(index));
        case Operation.ReplaceAttributes(int index, JsonNode value) -> {
          Relation old = existing(index);
          removed.add(old);
          added.add(withAttributes(old, value));
        }
        case Operation.Ignored _ -> {}
      }
    }
    dropWhatStays();
    if (fields.containsKey("System.State")) {
      StateChange.complete(item, type, fields, by, at);
    }
    return new WorkItem.Draft(fields, added, removed);
  }

  private void test(String path, @Nullable JsonNode value) {
    String expected = value == null || value.isNull() ? "" : value.asString(value.toString());
    String actual;
    if (path.equals("/rev")) {
      actual = Integer.toString(item.rev());
    } else if (path.startsWith("/fields/")) {
      actual = item.text(path.substring("/fields/".length()));
    } else {
      throw ApiError.badPatch("The path '%s' cannot be tested.".formatted(path));
    }
    if (!actual.equals(expected)) {
      throw ApiError.testFailed(path, expected, actual);
    }
  }

  private void set(String name, @Nullable JsonNode value) {
    String spelled = rules.spelled(name, bypass);
    fields.put(spelled, rules.value(type, item.project(), spelled, value, bypass));
  }

  private void dropWhatStays() {
    fields
        .entrySet()
        .removeIf(
            entry ->
                !entry.getKey().equals(WorkItem.HISTORY)
                    && Objects.equals(item.fields().get(entry.getKey()), entry.getValue()));
    if (fields.get(WorkItem.HISTORY) == null) {
      fields.remove(WorkItem.HISTORY);
    }
  }

  private Relation relation(
      Operation.AddRelation add, Instant at, IntFunction<WorkItem> others, List<Relation> before) {
    if (add.rel().isEmpty() || add.url().isEmpty()) {
      throw ApiError.badPatch("A relation needs rel and url.");
    }
    Relation relation;
    if (Relation.isBetweenWorkItems(add.rel())) {
      relation = toWorkItem(add, others);
    } else {
      relation = new Relation(add.rel(), add.url(), resourceAttributes(add, at));
    }
    if (relations.stream().anyMatch(relation::isSame)
        || before.stream().anyMatch(relation::isSame)) {
      throw ApiError.relationExists();
    }
    return relation;
  }

  private Relation toWorkItem(Operation.AddRelation add, IntFunction<WorkItem> others) {
    int number =
        new Relation(add.rel(), add.url(), Wire.object())
            .target()
            .orElseThrow(
                () ->
                    ApiError.badPatch(
                        "The relation leads to no work item: %s".formatted(add.url())));
    WorkItem other = others.apply(number);
    Hierarchy.check(item, add.rel(), other, others);
    Relation relation = Relation.between(add.rel(), place.workItem(other.project(), other.id()));
    if (add.attributes().has("comment")) {
      relation.attributes().set("comment", add.attributes().get("comment"));
    }
    return relation;
  }

  private static ObjectNode resourceAttributes(Operation.AddRelation add, Instant at) {
    String now = Wire.fieldTime(at);
    ObjectNode attributes = Wire.object();
    attributes.put("authorizedDate", now);
    attributes.put("id", Math.abs(add.url().hashCode()) % 10_000_000);
    attributes.put("resourceCreatedDate", now);
    attributes.put("resourceModifiedDate", now);
    attributes.put("revisedDate", Wire.STILL_CURRENT);
    attributes.setAll(add.attributes());
    return attributes;
  }

  private static Relation withAttributes(Relation old, JsonNode value) {
    ObjectNode attributes = old.attributes().deepCopy();
    if (value.isObject()) {
      JsonNode more = value.has("attributes") ? value.get("attributes") : value;
      more.properties().forEach(member -> attributes.set(member.getKey(), member.getValue()));
    } else {
      attributes.set("comment", value);
    }
    return new Relation(old.rel(), old.url(), attributes);
  }

  private Relation existing(int index) {
    if (index < 0 || index >= relations.size()) {
      throw ApiError.badPatch("There is no relation at index %d.".formatted(index));
    }
    return relations.get(index);
  }
}
