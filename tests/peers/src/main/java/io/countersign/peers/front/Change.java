package io.countersign.peers.front;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one notification tells of a work item.
 *
 * @param workItem organization and number
 * @param update number of the update, 1 for the creation
 * @param notification id of the notification
 * @param state the state after it, when it tells one
 * @param fields the fields it tells, as JSON
 */
public record Change(
    String workItem, int update, String notification, @Nullable String state, String fields) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads the body of a {@code workitem.created} or {@code workitem.updated}. */
  public static Change of(byte[] body) {
    JsonNode envelope = JSON.readTree(body);
    JsonNode resource = envelope.path("resource");
    JsonNode fields = resource.path("fields");
    boolean created = envelope.path("eventType").asString().equals("workitem.created");
    JsonNode state = fields.path("System.State");
    String told = created ? state.asString(null) : state.path("newValue").asString(null);
    String organization = envelope.at("/resourceContainers/collection/id").asString();
    int number = resource.path(created ? "id" : "workItemId").asInt();
    return new Change(
        organization + "/" + number,
        created ? 1 : resource.path("id").asInt(),
        envelope.path("id").asString(),
        told,
        fields.toString());
  }
}
