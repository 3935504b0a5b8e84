package io.countersign.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.HookMischief;
import io.countersign.sandbox.azuredevops.ItemView;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Azure DevOps, as the people of the story use it: over its API. */
final class Board {

  private static final String PATCH = "application/json-patch+json";
  private static final Duration QUIET = Duration.ofSeconds(90);

  private final AzureDevOpsSandbox azureDevOps;

  Board(AzureDevOpsSandbox azureDevOps) {
    this.azureDevOps = azureDevOps;
  }

  URI organization() {
    return azureDevOps.organizationUrl();
  }

  String project() {
    return azureDevOps.settings().project();
  }

  /** The process the project was made from. */
  String process() {
    return azureDevOps.settings().process();
  }

  /** Makes a work item; gives its number. */
  int create(Member who, String type, String title) throws InterruptedException {
    String path = "%s/_apis/wit/workitems/$%s".formatted(project(), type);
    return work(who, "POST", path, change("System.Title", title)).path("id").asInt();
  }

  void move(Member who, int number, String state) throws InterruptedException {
    set(who, number, "System.State", state);
  }

  void assign(Member who, int number, Member to) throws InterruptedException {
    set(who, number, "System.AssignedTo", to.person().mail());
  }

  void comment(Member who, int number, String text) throws InterruptedException {
    set(who, number, "System.History", text);
  }

  /** Opens a pull request for a work item; gives its number. */
  int pullRequest(Member by, Member reviewer, int number, String title)
      throws InterruptedException {
    ObjectNode wanted = by(by).put("reviewer", reviewer.person().mail()).put("title", title);
    wanted.put("branch", "topic/" + number).putArray("workItems").add(number);
    return control("pull-requests", wanted).path("pullRequestId").asInt();
  }

  void vote(Member by, int pullRequest) throws InterruptedException {
    control("pull-requests/votes", by(by).put("id", pullRequest).put("vote", 10));
  }

  /** A build for a work item succeeds. */
  void build(Member by, int number) throws InterruptedException {
    ObjectNode wanted = by(by).put("result", "succeeded");
    wanted.putArray("workItems").add(number);
    control("builds", wanted);
  }

  /** A work item as it is now. */
  ItemView item(int number) {
    return azureDevOps.control().items().stream()
        .filter(item -> item.id() == number)
        .findFirst()
        .orElseThrow(() -> new StoryException("there is no work item " + number));
  }

  /** The line its history got with the newest revision. */
  String lastWords(int number) throws InterruptedException {
    JsonNode updates =
        work(Member.ANN, "GET", "_apis/wit/workitems/%d/updates".formatted(number), "")
            .path("value");
    return updates
        .path(updates.size() - 1)
        .at("/fields/System.History/newValue")
        .asString("")
        .replaceAll("<[^>]*>", "");
  }

  /** From now on no notification is made, as it happens now and then. */
  void loseHooks() {
    azureDevOps.control().hooksMisbehave(new HookMischief(1, 0, 0, 0, Duration.ZERO, 1));
  }

  /** Notifications are made again. */
  void keepHooks() {
    azureDevOps.control().hooksMisbehave(HookMischief.NONE);
  }

  int hooksLost() {
    return azureDevOps.control().notificationsLost();
  }

  /** Waits until everything that happened was told. */
  void awaitHooks() throws InterruptedException {
    if (!azureDevOps.control().awaitHooks(QUIET)) {
      throw new StoryException("Azure DevOps could not deliver its notifications");
    }
  }

  private void set(Member who, int number, String field, String value) throws InterruptedException {
    work(who, "PATCH", "_apis/wit/workitems/" + number, change(field, value));
  }

  private static String change(String field, String value) {
    ArrayNode document = Wire.JSON.createArrayNode();
    document.addObject().put("op", "add").put("path", "/fields/" + field).put("value", value);
    return document.toString();
  }

  private static ObjectNode by(Member who) {
    return Wire.object().put("by", who.person().mail());
  }

  private JsonNode work(Member who, String method, String path, String body)
      throws InterruptedException {
    String token = ":" + azureDevOps.settings().pat();
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(token.getBytes(UTF_8)),
            "X-Sandbox-User",
            who.person().identity());
    try (var calls = new JsonCalls(organization(), headers)) {
      return calls.need(method, path + "?api-version=7.1", PATCH, body);
    }
  }

  private JsonNode control(String what, ObjectNode body) throws InterruptedException {
    try (var calls = new JsonCalls(azureDevOps.baseUrl(), Map.of())) {
      return calls.need("POST", "_sandbox/" + what, "application/json", body.toString());
    }
  }
}
