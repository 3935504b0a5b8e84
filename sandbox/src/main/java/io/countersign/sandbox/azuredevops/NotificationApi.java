package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.azuredevops.NotificationRecord.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of the notifications of service hooks: a second way to what was missed. */
final class NotificationApi {

  private final Organization organization;
  private final Hooks hooks;
  private final HookJson json;

  NotificationApi(Organization organization) {
    this.organization = organization;
    this.hooks = organization.hooks();
    this.json = new HookJson(organization.place());
  }

  void routes(Router router) {
    router
        .on("GET", "hooks/subscriptions/{id}/notifications", this::notifications)
        .on("GET", "hooks/subscriptions/{id}/notifications/{number}", this::notification)
        .on("POST", "hooks/notificationsquery", this::notificationsQuery)
        .on("POST", "hooks/testnotifications", this::test);
  }

  private Answer notifications(Call call) {
    HookApi.requireMay(organization, call);
    UUID id = HookApi.id(call);
    int most = call.number("maxResults", 100, 10_000);
    String result = call.parameter("result");
    return Answer.list(
        hooks.with(
            id,
            subscription ->
                subscription.notifications().reversed().stream()
                    .filter(one -> result == null || one.result().wire().equals(result))
                    .limit(most)
                    .map(one -> json.notification(subscription, one, false))
                    .toList()));
  }

  private Answer notification(Call call) {
    HookApi.requireMay(organization, call);
    String number = call.variable("number");
    return Answer.json(
        hooks.with(
            HookApi.id(call),
            subscription ->
                subscription.notifications().stream()
                    .filter(one -> Integer.toString(one.id()).equals(number))
                    .findFirst()
                    .map(one -> json.notification(subscription, one, true))
                    .orElseThrow(
                        () ->
                            ApiError.notFound(
                                "NotificationNotFoundException",
                                "There is no notification %s.".formatted(number)))));
  }

  private Answer notificationsQuery(Call call) {
    HookApi.requireMay(organization, call);
    JsonNode body = call.json();
    List<UUID> ids = new ArrayList<>();
    body.path("subscriptionIds").forEach(id -> ids.add(HookApi.uuid(id.asString(""))));
    if (ids.isEmpty()) {
      hooks.withAll(all -> ids.addAll(all.stream().map(Subscription::id).toList()));
    }
    String result = HookApi.text(body, "resultType");
    String from = HookApi.text(body, "minCreatedDate");
    String until = HookApi.text(body, "maxCreatedDate");
    boolean details = body.path("includeDetails").asBoolean(false);
    int most = body.path("maxResults").asInt(1000);
    ObjectNode answer = (ObjectNode) body.deepCopy();
    ArrayNode results = answer.putArray("results");
    for (NotificationRecord one : hooks.history(ids)) {
      boolean wanted =
          (result == null || one.result().wire().equals(result))
              && (from == null || !one.createdAt().isBefore(Dates.parse(from)))
              && (until == null || !one.createdAt().isAfter(Dates.parse(until)));
      if (wanted && results.size() < most) {
        ObjectNode shown =
            hooks.with(
                one.subscriptionId(),
                subscription -> json.notification(subscription, one, details));
        results.add(shown);
      }
    }
    summarize(answer, ids);
    return Answer.json(answer);
  }

  private void summarize(ObjectNode answer, List<UUID> ids) {
    ArrayNode summary = answer.putArray("summary");
    for (UUID id : ids) {
      ObjectNode one = summary.addObject();
      one.put("subscriptionId", id.toString());
      ArrayNode results = one.putArray("results");
      List<NotificationRecord> all = hooks.history(List.of(id));
      for (Result result : Result.values()) {
        long count = all.stream().filter(record -> record.result() == result).count();
        if (count > 0) {
          results.addObject().put("result", result.wire()).put("notificationCount", count);
        }
      }
    }
  }

  /** Sends the sample of an event type, as the button Test does. */
  private Answer test(Call call) {
    HookApi.requireMay(organization, call);
    JsonNode details = call.json().path("details");
    String event = details.path("eventType").asString("");
    EventType type =
        EventType.find(details.path("publisherId").asString("tfs"), event)
            .orElseThrow(
                () -> ApiError.badArgument("There is no event type '%s'.".formatted(event)));
    var subscription =
        new Subscription(
            TestSamples.NOBODY,
            type,
            HookApi.inputs(details.path("publisherInputs")),
            HookApi.consumerInputs(details, Map.of()),
            call.by(),
            organization.moments().now());
    NotificationRecord notification = hooks.test(subscription, TestSamples.of(type));
    return Answer.json(json.notification(subscription, notification, true));
  }
}
