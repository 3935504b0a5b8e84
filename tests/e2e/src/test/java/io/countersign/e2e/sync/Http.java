package io.countersign.e2e.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP to one address; anything but 2xx is a failed test. */
final class Http implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  private final URI base;
  private final Map<String, String> headers;
  private final HttpClient http = HttpClient.newHttpClient();

  Http(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  JsonNode get(String path) throws Exception {
    return send("GET", path, "");
  }

  JsonNode post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  JsonNode put(String path, String body) throws Exception {
    return send("PUT", path, body);
  }

  JsonNode send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isBetween(200, 299);
    return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
