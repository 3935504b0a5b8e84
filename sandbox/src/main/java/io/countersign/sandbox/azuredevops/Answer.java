package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param headers more headers, by name
 * @param body the bytes; empty for none
 */
record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final String JSON = "application/json; charset=utf-8";

  static Answer json(JsonNode body) {
    return json(200, body);
  }

  static Answer json(int status, JsonNode body) {
    return of(status, JSON, Wire.JSON.writeValueAsBytes(body));
  }

  /** A list as the service wraps it. */
  static Answer list(List<? extends JsonNode> values) {
    ObjectNode body = Wire.object();
    body.put("count", values.size());
    ArrayNode all = body.putArray("value");
    values.forEach(all::add);
    return json(body);
  }

  static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer html(int status, String html) {
    return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  /** The page that asks for a sign-in, where a client expected JSON. */
  static Answer signIn() {
    return html(
        203,
        """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
        <html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head>
        <body>Please sign in to continue.</body></html>
        """);
  }

  /** The page of a front end that has nobody behind it. */
  static Answer unavailable() {
    return html(
        503,
        "<!DOCTYPE html><html><head><title>Azure DevOps Services Unavailable</title></head>"
            + "<body><h1>TF400898</h1><p>The service is unavailable.</p></body></html>\n");
  }

  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  Answer withBody(byte[] other) {
    return new Answer(status, headers, other);
  }

  private static Answer of(int status, String type, byte[] body) {
    return new Answer(status, Map.of("Content-Type", type), body);
  }
}
