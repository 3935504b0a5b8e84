package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.Subscription.Status;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Service hooks: subscriptions. */
final class HookApi {

  private static final String PASSWORD = "basicAuthPassword";

  private final Organization organization;
  private final Hooks hooks;
  private final HookJson json;

  HookApi(Organization organization) {
    this.organization = organization;
    this.hooks = organization.hooks();
    this.json = new HookJson(organization.place());
  }

  void routes(Router router) {
    router
        .on("GET", "hooks/subscriptions", this::list)
        .on("POST", "hooks/subscriptions", this::create)
        .on("GET", "hooks/subscriptions/{id}", this::get)
        .on("PUT", "hooks/subscriptions/{id}", this::replace)
        .on("DELETE", "hooks/subscriptions/{id}", this::delete)
        .on("POST", "hooks/subscriptionsquery", this::query);
  }

  private Answer list(Call call) {
    return Answer.list(
        matching(
            call.parameter("publisherId"),
            call.parameter("eventType"),
            call.parameter("consumerId"),
            null));
  }

  private Answer query(Call call) {
    requireMay(call);
    JsonNode body = call.json();
    String project = null;
    for (JsonNode filter : body.path("publisherInputFilters")) {
      for (JsonNode condition : filter.path("conditions")) {
        if (condition.path("inputId").asString("").equals("projectId")) {
          project = condition.path("inputValue").asString("");
        }
      }
    }
    ObjectNode answer = body.isObject() ? (ObjectNode) body.deepCopy() : Wire.object();
    ArrayNode results = answer.putArray("results");
    matching(text(body, "publisherId"), text(body, "eventType"), text(body, "consumerId"), project)
        .forEach(results::add);
    return Answer.json(answer);
  }

  private List<ObjectNode> matching(
      @Nullable String publisher,
      @Nullable String eventType,
      @Nullable String consumer,
      @Nullable String project) {
    return hooks.withAll(
        all ->
            all.stream()
                .filter(one -> publisher == null || publisher.equals(one.type().publisher()))
                .filter(one -> eventType == null || eventType.equals(one.type().id()))
                .filter(one -> consumer == null || consumer.equals("webHooks"))
                .filter(
                    one ->
                        project == null || project.equals(one.publisherInputs().get("projectId")))
                .map(json::subscription)
                .toList());
  }

  private Answer create(Call call) {
    requireMay(call);
    JsonNode body = call.json();
    String publisher = body.path("publisherId").asString("");
    String event = body.path("eventType").asString("");
    EventType type =
        EventType.find(publisher, event)
            .orElseThrow(
                () ->
                    ApiError.badArgument(
                        "The publisher '%s' has no event type '%s'.".formatted(publisher, event)));
    if (!body.path("consumerId").asString("").equals("webHooks")
        || !body.path("consumerActionId").asString("").equals("httpRequest")) {
      throw ApiError.badArgument("Only webHooks with httpRequest can be subscribed here.");
    }
    Subscription made =
        hooks.subscribe(type, publisherInputs(body), consumerInputs(body, Map.of()), call.by());
    return show(made.id());
  }

  private Answer get(Call call) {
    requireMay(call);
    return show(id(call));
  }

  /** A subscription that the system disabled stays so: only deleting and making it anew helps. */
  private Answer replace(Call call) {
    requireMay(call);
    JsonNode body = call.json();
    String wanted = body.path("status").asString("");
    UUID id = id(call);
    hooks.with(
        id,
        subscription -> {
          subscription.modify(
              publisherInputs(body),
              consumerInputs(body, subscription.consumerInputs()),
              call.by(),
              organization.moments().now());
          if (wanted.equals(Status.DISABLED_BY_USER.wire())) {
            subscription.status(Status.DISABLED_BY_USER);
          } else if (wanted.equals(Status.ENABLED.wire())
              && subscription.status() == Status.DISABLED_BY_USER) {
            subscription.status(Status.ENABLED);
          }
          return subscription;
        });
    return show(id);
  }

  private Answer delete(Call call) {
    requireMay(call);
    UUID id = id(call);
    if (!hooks.unsubscribe(id)) {
      return show(id);
    }
    return Answer.empty(204);
  }

  private Answer show(UUID id) {
    return Answer.json(hooks.with(id, json::subscription));
  }

  private static Map<String, String> publisherInputs(JsonNode body) {
    Map<String, String> inputs = inputs(body.path("publisherInputs"));
    inputs.remove("tfsSubscriptionId");
    return inputs;
  }

  /** A password that comes back masked is the one that was there. */
  static Map<String, String> consumerInputs(JsonNode body, Map<String, String> before) {
    Map<String, String> inputs = inputs(body.path("consumerInputs"));
    String password = inputs.get(PASSWORD);
    String old = before.get(PASSWORD);
    if (HookJson.MASK.equals(password) && old != null) {
      inputs.put(PASSWORD, old);
    }
    String url = inputs.getOrDefault("url", "");
    try {
      URI address = URI.create(url);
      if (address.getHost() == null || !url.matches("https?://.*")) {
        throw new IllegalArgumentException(url);
      }
    } catch (IllegalArgumentException e) {
      throw ApiError.badArgument("The input url is not an address of a receiver.");
    }
    return inputs;
  }

  static Map<String, String> inputs(JsonNode json) {
    Map<String, String> inputs = new LinkedHashMap<>();
    json.properties().forEach(input -> inputs.put(input.getKey(), input.getValue().asString("")));
    return inputs;
  }

  private void requireMay(Call call) {
    requireMay(organization, call);
  }

  static void requireMay(Organization organization, Call call) {
    if (!organization.access().may(call.by(), Permission.HOOKS)) {
      throw ApiError.denied(
          "TF50309: The following account does not have sufficient permissions to complete the"
              + " operation: %s.".formatted(call.by().name()));
    }
  }

  static @Nullable String text(JsonNode body, String member) {
    String text = body.path(member).asString("");
    return text.isEmpty() ? null : text;
  }

  static UUID id(Call call) {
    return uuid(call.variable("id"));
  }

  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.badArgument("'%s' is not the id of a subscription.".formatted(text));
    }
  }
}
