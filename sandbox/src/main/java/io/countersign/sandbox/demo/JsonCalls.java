package io.countersign.sandbox.demo;

import io.countersign.sandbox.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends JSON to one address, with the same headers each time. */
final class JsonCalls implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final URI base;
  private final Map<String, String> headers;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  JsonCalls(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  /**
   * Whatever is answered.
   *
   * @param type of the body
   * @param body empty for none
   * @throws StoryException when nothing is; names method and path, never a header
   */
  Reply send(String method, String path, String type, String body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Accept", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      String text = response.body();
      JsonNode json = text.isEmpty() ? Wire.object() : Wire.read(text);
      return new Reply(response.statusCode(), json);
    } catch (IOException | JacksonException e) {
      throw new StoryException("%s %s was not answered with JSON".formatted(method, path));
    }
  }

  /** The body of a good answer. */
  JsonNode need(String method, String path, String type, String body) throws InterruptedException {
    Reply reply = send(method, path, type, body);
    if (!reply.isGood()) {
      throw new StoryException(
          "%s %s was answered %d: %s".formatted(method, path, reply.status(), reply.words()));
    }
    return reply.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
