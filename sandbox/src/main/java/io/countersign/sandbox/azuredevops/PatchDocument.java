package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Patch document on a work item (RFC 6902, as far as the service takes it).
 *
 * @param operations in their order
 */
record PatchDocument(List<Operation> operations) {

  private static final String FIELDS = "/fields/";
  private static final String RELATIONS = "/relations/";

  /** The service's enum: operations may come as its numbers. */
  private static final List<String> BY_NUMBER =
      List.of("add", "remove", "replace", "move", "copy", "test");

  /** One operation. */
  sealed interface Operation {

    /** The revision, or a field, has to have a value. */
    record Test(String path, @Nullable JsonNode value) implements Operation {}

    /** A field gets a value; null clears it. */
    record SetField(String name, @Nullable JsonNode value) implements Operation {}

    /** A link is added. */
    record AddRelation(String rel, String url, ObjectNode attributes) implements Operation {}

    /** The link at a place is removed. */
    record RemoveRelation(int index) implements Operation {}

    /** The comment of the link at a place is changed. */
    record ReplaceAttributes(int index, JsonNode value) implements Operation {}

    /** Of a part that is taken and has no effect here, such as the format of a text. */
    record Ignored() implements Operation {}
  }

  static PatchDocument read(JsonNode json) {
    if (!json.isArray() || json.isEmpty()) {
      throw ApiError.badPatch("You must pass a valid patch document in the body of the request.");
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode operation : json) {
      operations.add(operation(operation));
    }
    return new PatchDocument(List.copyOf(operations));
  }

  private static Operation operation(JsonNode json) {
    String op = op(json.path("op"));
    String path = json.path("path").asString("");
    JsonNode value = json.get("value");
    if (op.equals("test")) {
      return new Operation.Test(path, value);
    }
    if (path.startsWith(FIELDS) && path.length() > FIELDS.length()) {
      return field(op, path.substring(FIELDS.length()), value);
    }
    if (path.startsWith(RELATIONS)) {
      return relation(op, path.substring(RELATIONS.length()), value);
    }
    if (path.startsWith("/multilineFieldsFormat/")) {
      return new Operation.Ignored();
    }
    throw ApiError.badPatch(
        "The path '%s' of the patch operation is not supported.".formatted(path));
  }

  private static String op(JsonNode op) {
    if (op.isInt() && op.asInt() >= 0 && op.asInt() < BY_NUMBER.size()) {
      return BY_NUMBER.get(op.asInt());
    }
    return op.asString("").toLowerCase(Locale.ROOT);
  }

  private static Operation field(String op, String name, @Nullable JsonNode value) {
    return switch (op) {
      case "add", "replace" -> new Operation.SetField(name, value);
      case "remove" -> new Operation.SetField(name, null);
      default -> throw unsupported(op);
    };
  }

  private static Operation relation(String op, String place, @Nullable JsonNode value) {
    if (op.equals("add") && place.equals("-") && value != null) {
      JsonNode attributes = value.path("attributes");
      return new Operation.AddRelation(
          value.path("rel").asString(""),
          value.path("url").asString(""),
          attributes.isObject() ? (ObjectNode) attributes.deepCopy() : Wire.object());
    }
    int slash = place.indexOf('/');
    int index = index(slash < 0 ? place : place.substring(0, slash));
    if (op.equals("remove") && slash < 0) {
      return new Operation.RemoveRelation(index);
    }
    if (op.equals("replace") && value != null) {
      return new Operation.ReplaceAttributes(index, value);
    }
    throw unsupported(op);
  }

  private static int index(String place) {
    try {
      return Integer.parseInt(place);
    } catch (NumberFormatException e) {
      throw ApiError.badPatch("'%s' is not the place of a relation.".formatted(place));
    }
  }

  private static ApiError unsupported(String op) {
    return ApiError.badPatch("The patch operation '%s' is not supported here.".formatted(op));
  }
}
