package io.countersign.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The service hooks of a project: one subscription per event type, each counting its own. */
public final class Subscriptions {

  /** How long after a change its notification is made. */
  private static final Duration DELAY = Duration.ofNanos(1_204_345_600);

  private final SandboxProject project;
  private final int before;
  private final Map<String, Integer> counters = new HashMap<>();

  /** Subscriptions that have sent nothing yet. */
  public Subscriptions(SandboxProject project) {
    this(project, 0);
  }

  /**
   * Subscriptions that have sent something already.
   *
   * @param before how many notifications each of them
   */
  public Subscriptions(SandboxProject project, int before) {
    this.project = project;
    this.before = before;
  }

  /** The project. */
  public SandboxProject project() {
    return project;
  }

  /** Wraps a resource the way the service does, in resource version 1.0. */
  Notification notification(
      String eventType, String sentence, ObjectNode resource, Instant changedAt) {
    return notification(eventType, "tfs", "1.0", sentence, resource, changedAt);
  }

  /** Wraps a resource the way the service does. */
  Notification notification(
      String eventType,
      String publisher,
      String resourceVersion,
      String sentence,
      ObjectNode resource,
      Instant changedAt) {
    int number = before + counters.merge(eventType, 1, Integer::sum);
    String subscription = project.subscriptionId(eventType).toString();
    UUID id =
        UUID.nameUUIDFromBytes((subscription + "/" + number).getBytes(StandardCharsets.UTF_8));
    ObjectNode body = Wire.object();
    body.put("subscriptionId", subscription);
    body.put("notificationId", number);
    body.put("id", id.toString());
    body.put("eventType", eventType);
    body.put("publisherId", publisher);
    body.set("message", message(sentence));
    body.set("detailedMessage", message(sentence));
    body.set("resource", resource);
    body.put("resourceVersion", resourceVersion);
    body.set("resourceContainers", project.containers());
    body.put("createdDate", Wire.envelopeTime(changedAt.plus(DELAY)));
    return new Notification(eventType, id, body);
  }

  private static ObjectNode message(String sentence) {
    return Wire.object().put("text", sentence).put("html", sentence).put("markdown", sentence);
  }
}
