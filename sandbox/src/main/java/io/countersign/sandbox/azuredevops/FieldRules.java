package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which fields there are, which values they take, and who may set them. */
final class FieldRules {

  private static final Set<String> SYSTEM =
      Set.of(
          "System.Title",
          "System.Description",
          "System.State",
          "System.Reason",
          "System.AssignedTo",
          "System.AreaPath",
          "System.IterationPath",
          "System.Tags",
          WorkItem.HISTORY,
          "System.BoardColumn",
          "System.BoardLane",
          "System.Parent");

  /** Set by the service; somebody else only with {@code bypassRules}. */
  private static final Set<String> ONLY_WITH_BYPASS =
      Set.of("System.ChangedBy", "System.ChangedDate", "System.CreatedBy", "System.CreatedDate");

  private static final Set<String> NEVER =
      Set.of(
          "System.Id",
          "System.Rev",
          "System.Watermark",
          "System.TeamProject",
          "System.WorkItemType",
          "System.CommentCount",
          "System.AuthorizedDate",
          "System.RevisedDate",
          "System.IsDeleted");

  private static final Map<String, String> NAMES =
      Map.of(
          "System.Id", "ID",
          "System.Rev", "Rev",
          "System.CreatedDate", "Created Date",
          "System.CreatedBy", "Created By",
          "System.ChangedDate", "Changed Date",
          "System.ChangedBy", "Changed By",
          "System.AssignedTo", "Assigned To",
          "System.WorkItemType", "Work Item Type",
          "System.TeamProject", "Team Project",
          "System.AreaPath", "Area Path");

  private final People people;
  private final Set<String> custom = ConcurrentHashMap.newKeySet();

  FieldRules(People people) {
    this.people = people;
  }

  /** Defines a field of the organization, for example {@code Custom.CorrelationId}. */
  void define(String referenceName) {
    custom.add(referenceName.toLowerCase(Locale.ROOT));
  }

  static boolean isIdentity(String field) {
    return field.endsWith("By") || field.equals("System.AssignedTo");
  }

  /** The name people read. */
  static String name(String referenceName) {
    String last = referenceName.substring(referenceName.lastIndexOf('.') + 1);
    return NAMES.getOrDefault(referenceName, last);
  }

  /** The field as the service spells it; it does not care how clients do. */
  String spelled(String field, boolean bypass) {
    for (String known : SYSTEM) {
      if (known.equalsIgnoreCase(field)) {
        return known;
      }
    }
    for (String known : ONLY_WITH_BYPASS) {
      if (known.equalsIgnoreCase(field)) {
        if (bypass) {
          return known;
        }
        throw readOnly(known);
      }
    }
    for (String known : NEVER) {
      if (known.equalsIgnoreCase(field)) {
        throw readOnly(known);
      }
    }
    boolean standard = field.regionMatches(true, 0, "Microsoft.VSTS.", 0, 15);
    if (!standard && !custom.contains(field.toLowerCase(Locale.ROOT))) {
      throw ApiError.noField(field);
    }
    return field;
  }

  /** The value as it is kept; null clears the field. */
  @Nullable Object value(
      ItemType type, Project project, String field, @Nullable JsonNode value, boolean bypass) {
    if (value == null || value.isNull() || isBlank(value)) {
      if (field.equals("System.Title") || field.equals("System.State")) {
        throw required(field);
      }
      return null;
    }
    if (isIdentity(field)) {
      return people
          .of(value)
          .map(SandboxPerson::identity)
          .orElseThrow(() -> unknownIdentity(field, value));
    }
    if (value.isIntegralNumber()) {
      return value.asInt();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return text(type, project, field, value.asString(value.toString()), bypass);
  }

  private static Object text(
      ItemType type, Project project, String field, String text, boolean bypass) {
    switch (field) {
      case "System.State" -> {
        if (bypass) {
          return text;
        }
        return type.state(text).map(ItemState::name).orElseThrow(() -> notInList(field, text));
      }
      case "System.Title" -> {
        if (text.length() > 255) {
          throw ApiError.rule(
              field,
              "hasValues, invalidTooLong",
              "TF401320: Rule Error for field Title. Error code: InvalidTooLong.");
        }
      }
      case "System.AreaPath", "System.IterationPath" -> {
        String path = text.startsWith("\\") ? text.substring(1) : text;
        if (!path.equals(project.name()) && !path.startsWith(project.name() + "\\")) {
          throw ApiError.rule(
              field,
              "hasValues, invalidPath",
              "TF401347: Invalid tree name given for work item, field '%s'.".formatted(field));
        }
        return path;
      }
      default -> {}
    }
    return text;
  }

  private static boolean isBlank(JsonNode value) {
    return value.isString() && value.asString().isEmpty();
  }

  static ApiError required(String field) {
    return ApiError.rule(
        field,
        "required, invalidEmpty",
        "TF401320: Rule Error for field %s. Error code: Required, InvalidEmpty."
            .formatted(name(field)));
  }

  private static ApiError notInList(String field, String text) {
    return ApiError.rule(
        field,
        "required, hasValues, limitedToValues, invalidListValue",
        "The field '%s' contains the value '%s' that is not in the list of supported values"
            .formatted(name(field), text));
  }

  private static ApiError readOnly(String field) {
    return ApiError.rule(
        field,
        "readOnly, invalidNotOldValue",
        "TF401320: Rule Error for field %s. Error code: ReadOnly, InvalidNotOldValue."
            .formatted(name(field)));
  }

  private static ApiError unknownIdentity(String field, JsonNode value) {
    String told = value.isObject() ? value.path("displayName").asString("") : value.asString("");
    return ApiError.rule(
        field,
        "hasValues, invalidListValue",
        "The identity value '%s' for field '%s' is an unknown identity."
            .formatted(told, name(field)));
  }
}
