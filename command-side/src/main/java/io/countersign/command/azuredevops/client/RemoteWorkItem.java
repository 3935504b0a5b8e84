package io.countersign.command.azuredevops.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A work item as the service has it.
 *
 * @param id number in its organization
 * @param rev revision: what a conditional write is held against
 * @param json all of it, in the shape webhooks have too
 */
public record RemoteWorkItem(int id, int rev, JsonNode json) {

  static @Nullable RemoteWorkItem read(JsonNode json) {
    int id = json.path("id").asInt(0);
    int rev = json.path("rev").asInt(0);
    return id > 0 && rev > 0 && json.path("fields").isObject()
        ? new RemoteWorkItem(id, rev, json)
        : null;
  }

  /** Value of a field; a missing node when it has none. */
  public JsonNode field(String name) {
    return json.path("fields").path(name);
  }

  /** Without its fields, which hold what people wrote. */
  @Override
  public String toString() {
    return "RemoteWorkItem[" + id + " rev " + rev + "]";
  }
}
