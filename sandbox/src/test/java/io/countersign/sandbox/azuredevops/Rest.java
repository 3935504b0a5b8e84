package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.HookPost;
import io.countersign.sandbox.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Talks to a sandbox as a client of Azure DevOps would. */
final class Rest {

  private static final String PATCH = "application/json-patch+json";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI base;
  private final String authorization;
  private final String user;

  /** What was answered. */
  record Got(int status, HttpResponse<String> response) {

    JsonNode json() {
      return Wire.read(response.body());
    }

    String typeKey() {
      return json().path("typeKey").asString("");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  private Rest(URI base, String authorization, String user) {
    this.base = base;
    this.authorization = authorization;
    this.user = user;
  }

  static Rest of(AzureDevOpsSandbox sandbox) {
    return new Rest(sandbox.organizationUrl(), HookPost.basic("", sandbox.settings().pat()), "");
  }

  Rest as(String somebody) {
    return new Rest(base, authorization, somebody);
  }

  Rest with(String otherAuthorization) {
    return new Rest(base, otherAuthorization, user);
  }

  Got get(String path) {
    return send("GET", path, "", "");
  }

  Got post(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  Got create(String type, String... operations) {
    return send(
        "POST",
        "Fabrikam/_apis/wit/workitems/$" + type.replace(" ", "%20") + "?api-version=7.1",
        PATCH,
        "[" + String.join(",", operations) + "]");
  }

  Got change(int id, String... operations) {
    return changeWith(id, "", operations);
  }

  Got changeWith(int id, String parameters, String... operations) {
    return send(
        "PATCH",
        "_apis/wit/workitems/" + id + "?api-version=7.1" + parameters,
        PATCH,
        "[" + String.join(",", operations) + "]");
  }

  Got send(String method, String path, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path).normalize())
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!user.isEmpty()) {
      request.header("X-Sandbox-User", user);
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Got(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A field gets a value. */
  static String set(String field, String value) {
    return "{\"op\":\"add\",\"path\":\"/fields/%s\",\"value\":\"%s\"}".formatted(field, value);
  }

  static String title(String value) {
    return set("System.Title", value);
  }

  static String state(String value) {
    return set("System.State", value);
  }

  static String rev(int expected) {
    return "{\"op\":\"test\",\"path\":\"/rev\",\"value\":%d}".formatted(expected);
  }

  static String link(String rel, String url) {
    return "{\"op\":\"add\",\"path\":\"/relations/-\",\"value\":{\"rel\":\"%s\",\"url\":\"%s\"}}"
        .formatted(rel, url);
  }

  static String childLink(int child) {
    return link(
        "System.LinkTypes.Hierarchy-Forward",
        "https://dev.azure.com/fabrikam/_apis/wit/workItems/" + child);
  }
}
