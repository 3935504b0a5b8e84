package io.countersign.sandbox.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's answers over its API, read by pages. Asks again while it is not there or too busy. */
final class ServerView {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final URI server;
  private final String token;
  private final long untilNanos;
  private final HttpClient http;

  /**
   * Asks as one principal.
   *
   * @param patience how long it may be away
   */
  ServerView(URI server, String token, @Nullable SSLContext tls, Duration patience) {
    this.server = server;
    this.token = token;
    this.untilNanos = System.nanoTime() + patience.toNanos();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  boolean hasPatience() {
    return System.nanoTime() - untilNanos < 0;
  }

  void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }

  /**
   * What a path answers.
   *
   * @throws IllegalStateException when it is no 200 while there is patience
   */
  JsonNode get(String path) throws InterruptedException {
    while (true) {
      String why;
      try {
        HttpResponse<byte[]> answer =
            http.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() == 200) {
          return JSON.readTree(answer.body());
        }
        why = "answered " + answer.statusCode();
        if (answer.statusCode() < 500 && answer.statusCode() != 409) {
          throw new IllegalStateException("GET %s was %s".formatted(path, why));
        }
      } catch (IOException | JacksonException e) {
        why = "not answered";
      }
      if (!hasPatience()) {
        throw new IllegalStateException("GET %s was %s".formatted(path, why));
      }
      pause();
    }
  }

  /** The answer, or null when it is 404. */
  @Nullable JsonNode find(String path) throws InterruptedException, IOException {
    HttpResponse<byte[]> answer = http.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
  }

  /**
   * Every item of a list.
   *
   * @param path with a query, without the cursor
   * @param cursor the parameter that takes {@code next} of the page before
   */
  void pages(String path, String cursor, Consumer<JsonNode> item) throws InterruptedException {
    String next = null;
    do {
      JsonNode page = get(next == null ? path : path + "&" + cursor + "=" + next);
      page.path("items").forEach(item);
      JsonNode told = page.path("next");
      next = told.isMissingNode() || told.isNull() ? null : told.asString();
    } while (next != null);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json")
        .build();
  }
}
