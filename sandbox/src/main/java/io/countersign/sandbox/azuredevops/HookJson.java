package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions, their notifications and what they can be about, as JSON. */
final class HookJson {

  static final String MASK = "********";
  private static final String PASSWORD = "basicAuthPassword";

  private final Place place;

  HookJson(Place place) {
    this.place = place;
  }

  ObjectNode subscription(Subscription subscription) {
    String url = place.url("_apis/hooks/subscriptions/" + subscription.id());
    ObjectNode json = Wire.object();
    json.put("id", subscription.id().toString());
    json.put("url", url);
    json.put("status", subscription.status().wire());
    json.put("publisherId", subscription.type().publisher());
    json.put("eventType", subscription.type().id());
    json.putNull("subscriber");
    json.put("resourceVersion", subscription.type().resourceVersion());
    json.put("eventDescription", "Any");
    json.put("consumerId", "webHooks");
    json.put("consumerActionId", "httpRequest");
    json.put("actionDescription", "To host " + host(subscription));
    if (subscription.probationRetries() > 0) {
      json.put("probationRetries", subscription.probationRetries());
    }
    Instant retried = subscription.lastProbationRetry();
    if (retried != null) {
      json.put("lastProbationRetryDate", Wire.fieldTime(retried));
    }
    json.set("createdBy", place.person(subscription.createdBy()));
    json.put("createdDate", Wire.fieldTime(subscription.createdAt()));
    json.set("modifiedBy", place.person(subscription.modifiedBy()));
    json.put("modifiedDate", Wire.fieldTime(subscription.modifiedAt()));
    ObjectNode publisherInputs = json.putObject("publisherInputs");
    subscription.publisherInputs().forEach(publisherInputs::put);
    publisherInputs.put("tfsSubscriptionId", place.derived("" + subscription.id()).toString());
    json.set("consumerInputs", consumerInputs(subscription));
    ObjectNode links = json.putObject("_links");
    links.putObject("self").put("href", url);
    links.putObject("consumer").put("href", place.url("_apis/hooks/consumers/webHooks"));
    links.putObject("actions").put("href", place.url("_apis/hooks/consumers/webHooks/actions"));
    links.putObject("notifications").put("href", url + "/notifications");
    links
        .putObject("publisher")
        .put("href", place.url("_apis/hooks/publishers/" + subscription.type().publisher()));
    return json;
  }

  private static ObjectNode consumerInputs(Subscription subscription) {
    ObjectNode json = Wire.object();
    for (Map.Entry<String, String> input : subscription.consumerInputs().entrySet()) {
      boolean secret = input.getKey().equals(PASSWORD) && !input.getValue().isEmpty();
      json.put(input.getKey(), secret ? MASK : input.getValue());
    }
    return json;
  }

  private static String host(Subscription subscription) {
    return subscription
        .consumerInputs()
        .getOrDefault("url", "")
        .replaceAll("^https?://([^/:]+).*$", "$1");
  }

  ObjectNode notification(
      Subscription subscription, NotificationRecord notification, boolean withDetails) {
    ObjectNode json = Wire.object();
    json.put("id", notification.id());
    json.put("subscriptionId", notification.subscriptionId().toString());
    json.put("subscriberId", "00000000-0000-0000-0000-000000000000");
    json.put("eventId", notification.eventId().toString());
    json.put("status", notification.result().status());
    json.put("result", notification.result().wire());
    json.put("createdDate", Wire.fieldTime(notification.createdAt()));
    json.put("modifiedDate", Wire.fieldTime(notification.modifiedAt()));
    if (withDetails) {
      json.set("details", details(subscription, notification));
    }
    return json;
  }

  private static ObjectNode details(Subscription subscription, NotificationRecord notification) {
    ObjectNode json = Wire.object();
    json.put("eventType", subscription.type().id());
    json.set("event", notification.event().deepCopy());
    json.put("publisherId", subscription.type().publisher());
    json.put("consumerId", "webHooks");
    json.put("consumerActionId", "httpRequest");
    json.set("consumerInputs", consumerInputs(subscription));
    ObjectNode inputs = json.putObject("publisherInputs");
    subscription.publisherInputs().forEach(inputs::put);
    json.put("requestAttempts", notification.attempts());
    json.put("request", "POST " + subscription.consumerInputs().getOrDefault("url", ""));
    json.put(
        "response",
        notification.lastStatus() == 0
            ? ""
            : "HTTP/1.1 " + notification.lastStatus() + "\n\n" + notification.lastBody());
    String error = notification.error();
    json.put("errorMessage", error == null ? "" : error);
    json.put("errorDetail", "");
    json.put("queuedDate", Wire.fieldTime(notification.createdAt()));
    json.put("dequeuedDate", Wire.fieldTime(notification.createdAt()));
    json.put("processedDate", Wire.fieldTime(notification.createdAt()));
    json.put("completedDate", Wire.fieldTime(notification.modifiedAt()));
    json.put("requestDuration", 0);
    return json;
  }

  ObjectNode publisher(String id) {
    ObjectNode json = Wire.object();
    json.put("id", id);
    json.put("url", place.url("_apis/hooks/publishers/" + id));
    json.put("name", "Azure DevOps Services");
    json.put("description", "Publishes Azure DevOps Services events");
    ArrayNode events = json.putArray("supportedEvents");
    EventType.ALL.stream()
        .filter(type -> type.publisher().equals(id))
        .forEach(type -> events.add(eventType(type)));
    json.putArray("inputDescriptors");
    return json;
  }

  ObjectNode eventType(EventType type) {
    ObjectNode json = Wire.object();
    json.put("id", type.id());
    json.put("publisherId", type.publisher());
    json.put(
        "url",
        place.url("_apis/hooks/publishers/" + type.publisher() + "/eventTypes/" + type.id()));
    json.put("name", type.name());
    json.put("description", type.name());
    json.putArray("supportedResourceVersions").add(type.resourceVersion());
    ArrayNode inputs = json.putArray("inputDescriptors");
    type.inputs().forEach(input -> inputs.add(descriptor(input, false)));
    return json;
  }

  ObjectNode consumer() {
    ObjectNode json = Wire.object();
    json.put("id", "webHooks");
    json.put("url", place.url("_apis/hooks/consumers/webHooks"));
    json.put("name", "Web Hooks");
    json.put("description", "Provides event communication via HTTP");
    json.put("authenticationType", "none");
    json.putArray("inputDescriptors");
    json.putArray("actions").add(action());
    return json;
  }

  ObjectNode action() {
    ObjectNode json = Wire.object();
    json.put("id", "httpRequest");
    json.put("consumerId", "webHooks");
    json.put("url", place.url("_apis/hooks/consumers/webHooks/actions/httpRequest"));
    json.put("name", "Post via HTTP");
    json.put(
        "description", "Posts a JSON object representation of the event to the specified URL.");
    ArrayNode inputs = json.putArray("inputDescriptors");
    inputs.add(descriptor("url", false));
    inputs.add(descriptor("httpHeaders", false));
    inputs.add(descriptor("basicAuthUsername", false));
    inputs.add(descriptor(PASSWORD, true));
    inputs.add(descriptor("resourceDetailsToSend", false));
    inputs.add(descriptor("messagesToSend", false));
    inputs.add(descriptor("detailedMessagesToSend", false));
    return json;
  }

  private static ObjectNode descriptor(String id, boolean confidential) {
    return Wire.object()
        .put("id", id)
        .put("name", id)
        .put("isConfidential", confidential)
        .put("inputMode", confidential ? "passwordBox" : "textBox");
  }
}
