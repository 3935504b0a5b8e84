package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.HookCalls.Notification;
import io.countersign.command.domain.NameBasedId;
import io.countersign.command.inbox.Delivery;
import io.countersign.command.inbox.Incoming;
import io.countersign.kernel.project.ProjectId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deliveries of our own making. The same fact always makes the same bytes and ids, whoever fetches
 * it whenever: the inbox takes the second one for a repetition.
 */
final class Envelopes {

  /** For ever: ids are made in it. */
  private static final UUID NAMESPACE = UUID.fromString("6d3f0b52-8c1e-5b77-9a51-0f3f6c1d2e28");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the service says differently later, or what is of no use to anybody. */
  private static final String[] PASSING = {"_links", "revisedDate"};

  private final ProjectId project;
  private final UUID subscription;

  Envelopes(ProjectId project) {
    this.project = project;
    this.subscription = NameBasedId.of(NAMESPACE, project.organization().value());
  }

  /** A work item's first revision as its creation. */
  Incoming created(JsonNode revision) {
    return envelope("workitem.created", number(revision) + "/1", time(revision), revision);
  }

  /** An update, with the whole revision it led to where that could be read. */
  Incoming updated(JsonNode update, @Nullable JsonNode revision) {
    ObjectNode resource = bare(update);
    if (revision != null) {
      resource.set("revision", bare(revision));
    }
    String told = update.path("fields").path(WindowReader.CHANGED).path("newValue").asString(null);
    String key = update.path("workItemId").asInt(0) + "/" + update.path("id").asInt(0);
    return envelope("workitem.updated", key, told, resource);
  }

  /** That it went into the recycle bin by its newest revision. */
  Incoming deleted(JsonNode newest) {
    return bin("workitem.deleted", newest, time(newest));
  }

  /** That it came out of the recycle bin. */
  Incoming restored(JsonNode item, @Nullable String at) {
    return bin("workitem.restored", item, at == null ? time(item) : at);
  }

  private Incoming bin(String eventType, JsonNode item, @Nullable String at) {
    String key = number(item) + "/" + eventType + "/" + item.path("rev").asInt(0);
    return envelope(eventType, key, at, item);
  }

  /**
   * What was to be delivered, as it would have come. The history may have the event without what
   * only a delivery has.
   */
  Incoming undelivered(Notification notification) {
    ObjectNode event = (ObjectNode) notification.event().deepCopy();
    if (!event.has("subscriptionId")) {
      event.put("subscriptionId", notification.subscription());
    }
    if (!event.has("notificationId")) {
      event.put("notificationId", notification.id());
    }
    return incoming(event);
  }

  /** A build that finished: its list has the shape of version 2.0. */
  Incoming built(JsonNode build) {
    String key = "build/" + number(build);
    String at = build.path("finishTime").asString(null);
    ObjectNode json = json("build.complete", key, at, build);
    return incoming(json.put("resourceVersion", "2.0"));
  }

  private static int number(JsonNode item) {
    return item.path("id").asInt(0);
  }

  private static @Nullable String time(JsonNode item) {
    return item.path("fields").path(WindowReader.CHANGED).asString(null);
  }

  private Incoming envelope(String eventType, String key, @Nullable String at, JsonNode resource) {
    return incoming(json(eventType, key, at, resource));
  }

  private ObjectNode json(String eventType, String key, @Nullable String at, JsonNode resource) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("subscriptionId", subscription.toString());
    json.put("id", NameBasedId.of(subscription, key).toString());
    json.put("eventType", eventType);
    json.put("publisherId", Delivery.FETCHED);
    json.put("resourceVersion", "1.0");
    json.set("resource", bare(resource));
    ObjectNode containers = json.putObject("resourceContainers");
    containers.putObject("collection").put("id", project.organization().value());
    containers.putObject("project").put("id", project.key());
    if (at != null) {
      json.put("createdDate", at);
    }
    return json;
  }

  private static Incoming incoming(ObjectNode json) {
    byte[] body = JSON.writeValueAsBytes(json);
    return new Incoming(
        Map.of("content-type", "application/json", Delivery.ORIGIN, Delivery.FETCHED),
        body,
        body.length,
        sha256(body),
        false);
  }

  private static ObjectNode bare(JsonNode resource) {
    ObjectNode copy = (ObjectNode) resource.deepCopy();
    for (String name : PASSING) {
      copy.remove(name);
    }
    return copy;
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
