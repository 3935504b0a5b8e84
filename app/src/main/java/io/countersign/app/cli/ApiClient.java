package io.countersign.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a server's API as one principal. Problems become {@link CommandFailed}. */
final class ApiClient implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  static final String ADDRESS =
      "the address of a server is http://host:port or https://host:port (--url)";

  private static final Duration DOWNLOAD = Duration.ofMinutes(10);
  private static final int MAX_PROBLEM = 100_000;

  private final URI base;
  private final String token;
  private final HttpClient http;

  ApiClient(URI base, String token, @Nullable Path trust) {
    if (base.getScheme() == null || !base.getScheme().matches("https?") || base.getHost() == null) {
      throw new CommandFailed(ADDRESS);
    }
    this.base = base;
    this.token = token;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    if (trust != null && base.getScheme().equals("https")) {
      builder.sslContext(PinnedCertificate.context(trust));
    }
    this.http = builder.build();
  }

  /** A path segment or query value, escaped. */
  static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  /** What lies at a path, as it is. */
  byte[] bytes(String path) {
    HttpResponse<byte[]> response = exchange(request(path).setHeader("Accept", "*/*").GET());
    if (response.statusCode() / 100 != 2) {
      json(response);
    }
    return response.body();
  }

  /** As {@link #bytes}; empty when there is nothing (yet). */
  Optional<byte[]> find(String path) {
    HttpResponse<byte[]> response = exchange(request(path).setHeader("Accept", "*/*").GET());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    if (response.statusCode() / 100 != 2) {
      json(response);
    }
    return Optional.of(response.body());
  }

  /**
   * Writes what lies at a path into a file.
   *
   * @param body posted as text; null to get
   */
  void download(String path, byte @Nullable [] body, Path file) {
    HttpRequest.Builder request = request(path).timeout(DOWNLOAD).setHeader("Accept", "*/*");
    if (body != null) {
      request.header("Content-Type", "text/plain").POST(BodyPublishers.ofByteArray(body));
    }
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() / 100 != 2) {
        json(response.statusCode(), in.readNBytes(MAX_PROBLEM));
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailed("%s cannot be written, or the answer broke off".formatted(file), e);
    }
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  JsonNode put(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  /** Posts a file as it is. */
  JsonNode post(String path, String contentType, byte[] body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
  }

  JsonNode delete(String path) {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", "application/json, application/problem+json")
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) {
    return json(exchange(request));
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
    return exchange(request, BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw new CommandFailed("the server at %s does not answer".formatted(base), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  /** The answer, or the problem as a failure. */
  private JsonNode json(HttpResponse<byte[]> response) {
    return json(response.statusCode(), response.body());
  }

  private JsonNode json(int status, byte[] answer) {
    try {
      JsonNode body = answer.length == 0 ? JSON.createObjectNode() : JSON.readTree(answer);
      if (status / 100 == 2) {
        return body;
      }
      throw new ApiProblem(
          "%s: %s (%d)"
              .formatted(
                  body.path("title").asString("refused"),
                  body.path("detail").asString("no detail"),
                  status),
          body);
    } catch (JacksonException e) {
      throw new CommandFailed(
          "what answers at %s is not a countersign (%d)".formatted(base, status), e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
