package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request of somebody known, matched to a route.
 *
 * @param request what came in
 * @param by who asks
 * @param projectKey id or name of the project in the path, or null for the whole organization
 * @param variables of the route
 */
record Call(
    Request request, SandboxPerson by, @Nullable String projectKey, Map<String, String> variables) {

  /** A variable of the route. */
  String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  /** The variable {@code id} as the number of a work item. */
  int id() {
    String value = variable("id");
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw ApiError.badArgument("The value '%s' is not a number of a work item.".formatted(value));
    }
  }

  @Nullable String parameter(String name) {
    return request.query().get(name);
  }

  boolean isSet(String name) {
    return "true".equalsIgnoreCase(parameter(name));
  }

  /** A number parameter, held between zero and a most. */
  int number(String name, int otherwise, int most) {
    String value = parameter(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Math.clamp(Long.parseLong(value), 0, most);
    } catch (NumberFormatException e) {
      throw ApiError.badArgument("The parameter %s is not a number.".formatted(name));
    }
  }

  JsonNode json() {
    try {
      String text = new String(request.body(), StandardCharsets.UTF_8);
      return text.isBlank() ? Wire.object() : Wire.read(text);
    } catch (JacksonException e) {
      throw ApiError.badArgument("The body of the request is not JSON.");
    }
  }
}
