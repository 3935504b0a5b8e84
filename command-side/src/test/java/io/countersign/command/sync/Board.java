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

  private final AzureDevOpsSandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  Board(AzureDevOpsSandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** A new item; its number. */
  int create(String type) {
    return send(
            "POST",
            sandbox.settings().project() + "/_apis/wit/workitems/$" + type.replace(" ", "%20"),
            "[{\"op\":\"add\",\"path\":\"/fields/System.Title\",\"value\":\"Let people sign in\"}]")
        .path("id")
        .asInt();
  }

  void move(int id, String state) {
    set(id, "System.State", state);
  }

  void set(int id, String field, String value) {
    send(
        "PATCH",
        sandbox.settings().project() + "/_apis/wit/workitems/" + id,
        "[{\"op\":\"add\",\"path\":\"/fields/%s\",\"value\":\"%s\"}]".formatted(field, value));
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

  private JsonNode updates(int id) {
    return send("GET", "_apis/wit/workitems/" + id + "/updates", "").path("value");
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
            .header("Content-Type", "application/json-patch+json")
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
