package io.countersign.audit.housekeeping;

import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that was decided and is about to be recorded. It is written to the disk first, then
 * done and recorded, each step such that it can be taken again: so a crash between them leaves
 * neither a decision without its entry nor an entry of something that did not come to be.
 *
 * @param id of the event
 * @param actor who decided
 * @param event what the log will say
 */
public record Intent(UUID id, Actor actor, AuditEvent event) {

  private static final JsonMapper JSON = new JsonMapper();

  /** With an id of its own. */
  public static Intent of(AuditEvent event, Actor actor) {
    return new Intent(UUID.randomUUID(), actor, event);
  }

  /** As it lies on the disk. */
  public String text() {
    var json = JSON.createObjectNode();
    json.put("id", id.toString());
    json.put("actor", actor.ref());
    json.put("name", event.getClass().getSimpleName());
    json.set("event", JSON.valueToTree(event));
    return json + "\n";
  }

  /** Reads it. */
  public static Intent parse(String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      String name = json.path("name").asString();
      Class<?> type =
          Arrays.stream(AuditEvent.class.getPermittedSubclasses())
              .filter(one -> one.getSimpleName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IOException("a decision of an unknown kind"));
      return new Intent(
          UUID.fromString(json.path("id").asString()),
          new Actor(json.path("actor").asString()),
          (AuditEvent) JSON.treeToValue(json.path("event"), type));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("what was decided cannot be read", e);
    }
  }
}
