package io.countersign.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** One request of a service hook, with the headers receivers of the real service see. */
public final class HookPost {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI endpoint;
  private final Map<String, String> headers;

  /**
   * What came back.
   *
   * @param status {@link DeliveryRules#NO_ANSWER} when nothing did
   * @param body of the answer
   */
  public record Reply(int status, String body) {}

  /**
   * Posts to one receiver.
   *
   * @param endpoint the receiver's whole URL
   * @param headers more headers
   */
  public HookPost(HttpClient http, URI endpoint, Map<String, String> headers) {
    this.http = http;
    this.endpoint = endpoint;
    this.headers = Map.copyOf(headers);
  }

  /** The value of the header {@code Authorization} for basic authentication. */
  public static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** A client as the service has one. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  /** Posts a body once. */
  public Reply post(byte[] body, UUID activity) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "VSServices/18.0 (sandbox)")
            .header("X-VSS-ActivityId", activity.toString())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Reply(DeliveryRules.NO_ANSWER, "");
    }
  }
}
