package io.countersign.command.azuredevops.client;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Service hooks: which there are, how they fare, what they delivered. */
public final class HookCalls {

  private static final String SUBSCRIPTIONS = "/_apis/hooks/subscriptions";
  private static final String ENABLED = "enabled";

  private final Sender sender;

  HookCalls(Sender sender) {
    this.sender = sender;
  }

  /**
   * A subscription.
   *
   * @param id of the subscription
   * @param eventType what is told
   * @param project id of the project; absent: the whole organization
   * @param status enabled, onProbation, disabledByUser, disabledBySystem,
   *     disabledByInactiveIdentity
   * @param probationRetries how often the one notification was tried again
   * @param url where it is delivered to
   * @param json all of it
   */
  public record Subscription(
      String id,
      String eventType,
      @Nullable String project,
      String status,
      int probationRetries,
      @Nullable String url,
      JsonNode json) {

    static @Nullable Subscription read(JsonNode json) {
      String id = json.path("id").asString("");
      String project = json.path("publisherInputs").path("projectId").asString("");
      return id.isEmpty()
          ? null
          : new Subscription(
              id,
              json.path("eventType").asString(""),
              project.isEmpty() ? null : project,
              json.path("status").asString(ENABLED),
              // an integer on the wire, text by the specification
              json.path("probationRetries").asInt(0),
              json.path("consumerInputs").path("url").asString(null),
              json);
    }

    /** Whether events get through: on probation they are lost. */
    public boolean delivers() {
      return status.equals(ENABLED);
    }

    /** Without its inputs. */
    @Override
    public String toString() {
      return "Subscription[%s %s %s]".formatted(id, eventType, status);
    }
  }

  /**
   * A subscription to be made: everything told to a web hook with basic auth.
   *
   * @param eventType what is told
   * @param project id of the project; absent: the whole organization
   * @param url where it is delivered to
   * @param user of basic auth
   * @param password of basic auth; kept apart from the headers, which anybody can read
   */
  public record Wanted(
      String eventType, @Nullable String project, URI url, String user, String password) {

    JsonNode json() {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("publisherId", "tfs")
              .put("eventType", eventType)
              // carries links, and people as text; later ones lose one of both
              .put("resourceVersion", "1.0")
              .put("consumerId", "webHooks")
              .put("consumerActionId", "httpRequest");
      json.putObject("publisherInputs").put("projectId", project == null ? "" : project);
      json.putObject("consumerInputs")
          .put("url", url.toString())
          .put("basicAuthUsername", user)
          .put("basicAuthPassword", password)
          .put("messagesToSend", "none")
          .put("detailedMessagesToSend", "none");
      return json;
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Wanted[" + eventType + "]";
    }
  }

  /**
   * What was delivered, or not: kept for some days, so also where to find what never came.
   *
   * @param id of the notification in its subscription
   * @param subscription whose
   * @param result pending, succeeded, failed or filtered
   * @param at when it was made
   * @param eventId of the event
   * @param event what was or would have been delivered; a missing node where it is not told
   */
  public record Notification(
      int id,
      String subscription,
      String result,
      @Nullable Instant at,
      @Nullable String eventId,
      JsonNode event) {

    static @Nullable Notification read(JsonNode json) {
      return json.path("id").isInt()
          ? new Notification(
              json.path("id").intValue(),
              json.path("subscriptionId").asString(""),
              json.path("result").asString(""),
              Dates.read(json.path("createdDate").asString("")),
              json.path("eventId").asString(null),
              json.path("details").path("event"))
          : null;
    }

    /** Without the event. */
    @Override
    public String toString() {
      return "Notification[" + id + " " + result + "]";
    }
  }

  /**
   * Subscriptions to some events. One kind after the other: a list of all times out in large
   * organizations. A failure is a failure of the whole list, for a list that is taken for empty
   * makes new subscriptions without end.
   */
  public Answer<List<Subscription>> list(Collection<String> eventTypes) {
    List<Subscription> all = new ArrayList<>();
    for (String eventType : eventTypes) {
      Answer<List<Subscription>> answer =
          sender.send(
              Call.get("hooks", Scope.HOOKS, SUBSCRIPTIONS)
                  .with("publisherId", "tfs")
                  .with("eventType", eventType)
                  .with("consumerId", "webHooks"),
              Sender.Shape.values(Subscription::read));
      switch (answer) {
        case Answer.Ok<List<Subscription>> ok -> all.addAll(ok.value());
        case Answer.Failure<List<Subscription>> failure -> {
          return failure;
        }
      }
    }
    return new Answer.Ok<>(all, null, null);
  }

  /** One. */
  public Answer<Subscription> get(String id) {
    return sender.send(
        Call.get("hook", Scope.HOOKS, SUBSCRIPTIONS + "/" + Call.escaped(id)), Subscription::read);
  }

  /** Makes one. When the outcome is unknown, look at the list before making another. */
  public Answer<Subscription> create(Wanted wanted) {
    return sender.send(
        Call.write("hook-create", Scope.HOOKS, "POST", SUBSCRIPTIONS, wanted.json()),
        Subscription::read);
  }

  /** Removes one. A disabled one is not mended by changing it: remove it and make another. */
  public Answer<String> delete(String id) {
    return sender.send(
        Call.write(
            "hook-delete", Scope.HOOKS, "DELETE", SUBSCRIPTIONS + "/" + Call.escaped(id), null),
        json -> id);
  }

  /**
   * What one subscription told lately.
   *
   * @param result only those with this result; absent: all
   */
  public Answer<List<Notification>> notifications(String id, @Nullable String result, int most) {
    return sender.send(
        Call.get(
                "hook-notifications",
                Scope.HOOKS,
                SUBSCRIPTIONS + "/" + Call.escaped(id) + "/notifications")
            .with("maxResults", most)
            .with("result", result),
        Sender.Shape.values(Notification::read));
  }

  /**
   * What could not be delivered, with the events.
   *
   * @param subscriptions whose; at least one
   * @param since made after this moment
   * @param most so many at most
   */
  public Answer<List<Notification>> undelivered(
      Collection<String> subscriptions, Instant since, int most) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    subscriptions.forEach(body.putArray("subscriptionIds")::add);
    body.put("resultType", "failed")
        .put("minCreatedDate", since.toString())
        .put("maxResults", most)
        .put("includeDetails", true);
    return sender.send(
        Call.ask("hook-undelivered", Scope.HOOKS, "/_apis/hooks/notificationsquery", body),
        Sender.Shape.listOf("results", Notification::read));
  }
}
