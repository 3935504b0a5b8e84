package io.countersign.command.azuredevops.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call.
 *
 * @param operation its name in metrics: never a value
 * @param method of HTTP
 * @param path below the organization's address, escaped, with a query
 * @param preview number of the preview the call is in, 0 when it is none
 * @param body what to send
 * @param contentType of the body
 * @param changes whether it changes anything there: such a call is never repeated blindly
 * @param scope what the credential needs
 */
record Call(
    String operation,
    String method,
    String path,
    int preview,
    @Nullable JsonNode body,
    String contentType,
    boolean changes,
    Scope scope) {

  static final String JSON = "application/json";

  /** The only type work items are patched with; any other is refused. */
  static final String JSON_PATCH = "application/json-patch+json";

  static Call get(String operation, Scope scope, String path) {
    return new Call(operation, "GET", path, 0, null, JSON, false, scope);
  }

  /** A POST that only asks. */
  static Call ask(String operation, Scope scope, String path, JsonNode body) {
    return new Call(operation, "POST", path, 0, body, JSON, false, scope);
  }

  static Call write(
      String operation, Scope scope, String method, String path, @Nullable JsonNode body) {
    return new Call(operation, method, path, 0, body, JSON, true, scope);
  }

  Call preview(int number) {
    return new Call(operation, method, path, number, body, contentType, changes, scope);
  }

  Call asPatch() {
    return new Call(operation, method, path, preview, body, JSON_PATCH, changes, scope);
  }

  /** With a parameter; without it when there is no value. */
  Call with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String further = (path.indexOf('?') < 0 ? '?' : '&') + name + '=' + escaped(value.toString());
    return new Call(operation, method, path + further, preview, body, contentType, changes, scope);
  }

  /** One part of a path, or one value of a query. */
  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A project's part of the path: nothing for the whole organization. */
  static String in(@Nullable String project) {
    return project == null ? "" : "/" + escaped(project);
  }

  @Override
  public String toString() {
    return "Call[" + operation + "]";
  }
}
