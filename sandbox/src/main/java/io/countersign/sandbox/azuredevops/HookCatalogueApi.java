package io.countersign.sandbox.azuredevops;

import java.util.List;

/** What service hooks can be about, and who can be told. */
final class HookCatalogueApi {

  private final HookJson json;

  HookCatalogueApi(Organization organization) {
    this.json = new HookJson(organization.place());
  }

  void routes(Router router) {
    router
        .on("GET", "hooks/publishers", _ -> Answer.list(List.of(json.publisher("tfs"))))
        .on("GET", "hooks/publishers/{publisher}", this::publisher)
        .on("GET", "hooks/publishers/{publisher}/eventtypes", this::eventTypes)
        .on("GET", "hooks/publishers/{publisher}/eventtypes/{type}", this::eventType)
        .on("GET", "hooks/consumers", _ -> Answer.list(List.of(json.consumer())))
        .on("GET", "hooks/consumers/webHooks", _ -> Answer.json(json.consumer()))
        .on("GET", "hooks/consumers/webHooks/actions", _ -> Answer.list(List.of(json.action())));
  }

  private Answer publisher(Call call) {
    return Answer.json(json.publisher(tfs(call)));
  }

  private Answer eventTypes(Call call) {
    String publisher = tfs(call);
    return Answer.list(
        EventType.ALL.stream()
            .filter(type -> type.publisher().equals(publisher))
            .map(json::eventType)
            .toList());
  }

  private Answer eventType(Call call) {
    return EventType.find(tfs(call), call.variable("type"))
        .map(type -> Answer.json(json.eventType(type)))
        .orElseThrow(
            () -> ApiError.notFound("EventTypeNotFoundException", "There is no such event type."));
  }

  private static String tfs(Call call) {
    String publisher = call.variable("publisher");
    if (!publisher.equals("tfs")) {
      throw ApiError.notFound(
          "PublisherNotFoundException", "There is no publisher '%s'.".formatted(publisher));
    }
    return publisher;
  }
}
