package io.countersign.command.azuredevops.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether the service would take two values of a field for the same. */
final class FieldValues {

  private static final String TAGS = "System.Tags";

  private FieldValues() {}

  static boolean same(String field, JsonNode there, JsonNode wanted) {
    if (isEmpty(there) || isEmpty(wanted)) {
      return isEmpty(there) && isEmpty(wanted);
    }
    if (field.equals(TAGS)) {
      return tags(there).equals(tags(wanted));
    }
    if (there.isNumber() && wanted.isNumber()) {
      return there.decimalValue().compareTo(wanted.decimalValue()) == 0;
    }
    if (there.isObject()) {
      return isPerson(there, wanted);
    }
    if (there.isBoolean() || wanted.isBoolean()) {
      return there.asString().equalsIgnoreCase(wanted.asString());
    }
    return there.isValueNode()
        && wanted.isValueNode()
        && there.asString().equals(wanted.asString());
  }

  /** Clearing a field and leaving it empty are one. */
  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty());
  }

  /** In any order and case: the service keeps them sorted its own way. */
  private static Set<String> tags(JsonNode value) {
    return Arrays.stream(value.asString("").split(";"))
        .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
        .filter(tag -> !tag.isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * People are told as objects and written as their unique name, with or without a display name.
   */
  private static boolean isPerson(JsonNode there, JsonNode wanted) {
    String unique = unique(there);
    return unique != null && unique.equalsIgnoreCase(unique(wanted));
  }

  private static @Nullable String unique(JsonNode person) {
    if (person.isObject()) {
      return person.path("uniqueName").asString(null);
    }
    String text = person.asString("").strip();
    int open = text.lastIndexOf('<');
    return open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text;
  }
}
