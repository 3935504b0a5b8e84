package io.countersign.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Reads Countersign's API with a token. */
final class Answers {

  private final URI baseUrl;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  Answers(URI baseUrl, String token) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /**
   * The JSON a path answers.
   *
   * @throws IllegalStateException when the answer is no 200; names status and path
   */
  JsonNode get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(baseUrl.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "GET %s was answered %d".formatted(path, response.statusCode()));
      }
      return Wire.read(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("GET %s was not answered".formatted(path), e);
    }
  }
}
