package io.countersign.sandbox;

import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Azure DevOps posts: the envelope with its resource.
 *
 * @param eventType for example {@code workitem.updated}
 * @param id id of the event; stays the same when it is sent again
 * @param body the whole envelope
 */
public record Notification(String eventType, UUID id, ObjectNode body) {

  /** The bytes on the wire; always the same for one notification. */
  public byte[] bytes() {
    return Wire.JSON.writeValueAsBytes(body);
  }

  /** For people: several lines, indented. */
  public String pretty() {
    return Wire.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n";
  }
}
