package io.countersign.command.azuredevops.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A change of a work item that holds only while nobody else changed it: revision, fields and
 * comment are one document, so they happen together or not at all.
 *
 * @param rev the revision it was decided on
 * @param fields new values by reference name; a null node clears the field
 * @param comment for the item's history, HTML
 */
public record WorkItemPatch(int rev, Map<String, JsonNode> fields, @Nullable String comment) {

  private static final String HISTORY = "System.History";

  /** Copies the fields, in their order. */
  public WorkItemPatch {
    if (rev < 1 || (fields.isEmpty() && comment == null)) {
      throw new IllegalArgumentException("a patch has a revision and something to say");
    }
    fields = new LinkedHashMap<>(fields);
  }

  /** Changes the state. */
  public static WorkItemPatch state(int rev, String state, @Nullable String comment) {
    return new WorkItemPatch(rev, Map.of("System.State", StringNode.valueOf(state)), comment);
  }

  /**
   * What of it is not there already; nothing when all is, because a revision that changes nothing
   * is noise, comes back as a webhook, and an item has only 10,000 of them. Held against the
   * revision that is there: a patch decided on another one is refused by the service, as it should
   * be.
   */
  public Optional<WorkItemPatch> neededFor(RemoteWorkItem item) {
    Map<String, JsonNode> needed = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!FieldValues.same(name, item.field(name), value)) {
            needed.put(name, value);
          }
        });
    return needed.isEmpty() && !fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new WorkItemPatch(rev, needed, comment));
  }

  /** The JSON Patch document. */
  JsonNode document() {
    ArrayNode document = JsonNodeFactory.instance.arrayNode();
    document.add(operation("test", "/rev").put("value", rev));
    fields.forEach(
        (name, value) ->
            document.add(
                value.isNull()
                    ? operation("remove", "/fields/" + name)
                    : operation("add", "/fields/" + name).set("value", value)));
    if (comment != null) {
      document.add(operation("add", "/fields/" + HISTORY).put("value", comment));
    }
    return document;
  }

  private static ObjectNode operation(String op, String path) {
    return JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
  }

  /** Without values and comment. */
  @Override
  public String toString() {
    return "WorkItemPatch[rev " + rev + ", " + fields.keySet() + "]";
  }
}
