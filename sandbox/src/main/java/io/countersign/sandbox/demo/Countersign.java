package io.countersign.sandbox.demo;

import io.countersign.sandbox.Wire;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Countersign's API as one principal. */
final class Countersign implements AutoCloseable {

  private static final String JSON = "application/json";

  private final JsonCalls calls;

  Countersign(URI server, String token) {
    this.calls = new JsonCalls(server, Map.of("Authorization", "Bearer " + token));
  }

  JsonNode get(String path) throws InterruptedException {
    return calls.need("GET", path, JSON, "");
  }

  /** For what may be refused. */
  Reply tryPost(String path, ObjectNode body) throws InterruptedException {
    return calls.send("POST", path, JSON, body.toString());
  }

  JsonNode post(String path, ObjectNode body) throws InterruptedException {
    return calls.need("POST", path, JSON, body.toString());
  }

  JsonNode put(String path, ObjectNode body) throws InterruptedException {
    return calls.need("PUT", path, JSON, body.toString());
  }

  /** An object with one member. */
  static ObjectNode of(String name, String value) {
    return Wire.object().put(name, value);
  }

  @Override
  public void close() {
    calls.close();
  }
}
