package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Node;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The one answer that makes Azure DevOps come again and does not put it on probation. */
final class Refusals {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Refusals() {}

  /** Posts a delivery that has to be refused for now. */
  static void must503WithRetryAfter(Node node, String secret) throws Exception {
    if (takesOr503WithRetryAfter(node, secret)) {
      throw new AssertionError(node.name() + " answered 202");
    }
  }

  /** Posts a delivery: true when it was taken; anything but 202 and a proper 503 fails. */
  static boolean takesOr503WithRetryAfter(Node node, String secret) throws Exception {
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.server().uri() + "/webhooks/azure-devops"))
            .timeout(Duration.ofSeconds(25))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 202) {
      return true;
    }
    if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()) {
      throw new AssertionError(
          "%s answered %d, Retry-After %s"
              .formatted(
                  node.name(),
                  answer.statusCode(),
                  answer.headers().firstValue("Retry-After").orElse("missing")));
    }
    return false;
  }
}
