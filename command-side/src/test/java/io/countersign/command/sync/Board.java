package io.countersign.command.sync;

import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.ItemView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other people do in Azure DevOps, over its API. */
final class Board implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUCCESSOR = "System.LinkTypes.Dependency-Forward";

  private final AzureDevOpsSandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  Board(AzureDevOpsSandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** A new item; its number. */
  int create(String type) {
    return send(
            "POST",
            project() + "/_apis/wit/workitems/$" + type.replace(" ", "%20"),
            "[{\"op\":\"add\",\"path\":\"/fields/System.Title\",\"value\":\"Let people sign in\"}]")
        .path("id")
        .asInt();
  }

  /** All is asked for below it, which tells other people's calls from ours. */
  private String project() {
    return sandbox.settings().project();
  }

  void move(int id, String state) {
    set(id, "System.State", state);
  }

  void set(int id, String field, String value) {
    patch(
        id, "[{\"op\":\"add\",\"path\":\"/fields/%s\",\"value\":\"%s\"}]".formatted(field, value));
  }

  void clear(int id, String field) {
    patch(id, "[{\"op\":\"remove\",\"path\":\"/fields/%s\"}]".formatted(field));
  }

  private void patch(int id, String document) {
    send("PATCH", project() + "/_apis/wit/workitems/" + id, document);
  }

  /** Says something about it. */
  void say(int id, String text) {
    set(id, "System.History", text);
  }

  /** Links two items, the one after the other. */
  void link(int id, int successor) {
    patch(
        id,
        "[{\"op\":\"add\",\"path\":\"/relations/-\",\"value\":{\"rel\":\"%s\",\"url\":\"%s\"}}]"
            .formatted(SUCCESSOR, itemUrl(successor)));
  }

  /** Takes the link away. */
  void unlink(int id, int successor) {
    int place = 0;
    for (JsonNode relation : now(id).path("relations")) {
      if (relation.path("rel").asString("").equals(SUCCESSOR)
          && relation.path("url").asString("").endsWith("/" + successor)) {
        patch(id, "[{\"op\":\"remove\",\"path\":\"/relations/%d\"}]".formatted(place));
        return;
      }
      place++;
    }
    throw new IllegalStateException("%d is not linked to %d".formatted(id, successor));
  }

  private String itemUrl(int id) {
    return sandbox.organizationUrl().resolve("_apis/wit/workItems/" + id).toString();
  }

  /** Moves it into the recycle bin. */
  void delete(int id) {
    send("DELETE", project() + "/_apis/wit/workitems/" + id, "");
  }

  /** Takes it out of the recycle bin. */
  void restore(int id) {
    send("PATCH", project() + "/_apis/wit/recyclebin/" + id, "{\"isDeleted\":false}");
  }

  /** As it is, with its fields and relations. */
  JsonNode now(int id) {
    return send("GET", project() + "/_apis/wit/workitems/" + id + "?$expand=relations", "");
  }

  ItemView item(int id) {
    return sandbox.control().items().stream()
        .filter(item -> item.id() == id)
        .findFirst()
        .orElseThrow();
  }

  /** The states it had, in order. */
  List<String> states(int id) {
    List<String> states = new ArrayList<>();
    for (JsonNode update : updates(id)) {
      String state = update.path("fields").path("System.State").path("newValue").asString(null);
      if (state != null) {
        states.add(state);
      }
    }
    return states;
  }

  /** Revisions that changed the state and say they are ours. */
  List<Integer> written(int id) {
    List<Integer> revisions = new ArrayList<>();
    for (JsonNode update : updates(id)) {
      JsonNode fields = update.path("fields");
      boolean ours =
          fields.path("System.History").path("newValue").asString("").contains("countersign:");
      if (ours && fields.has("System.State")) {
        revisions.add(update.path("rev").asInt());
      }
    }
    return revisions;
  }

  /** What is said in its history. */
  String history(int id) {
    var said = new StringBuilder();
    for (JsonNode update : updates(id)) {
      said.append(update.path("fields").path("System.History").path("newValue").asString(""));
    }
    return said.toString();
  }

  /** All its updates; the service gives 200 at a time. */
  List<JsonNode> updates(int id) {
    List<JsonNode> all = new ArrayList<>();
    int page;
    do {
      JsonNode some =
          send("GET", project() + "/_apis/wit/workitems/" + id + "/updates?$skip=" + all.size(), "")
              .path("value");
      some.forEach(all::add);
      page = some.size();
    } while (page == 200);
    return all;
  }

  private JsonNode send(String method, String path, String body) {
    URI address =
        sandbox
            .organizationUrl()
            .resolve(path + (path.contains("?") ? "&" : "?") + "api-version=7.1");
    String token = ":" + sandbox.settings().pat();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
            .header(
                "Content-Type",
                body.startsWith("{") ? "application/json" : "application/json-patch+json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
