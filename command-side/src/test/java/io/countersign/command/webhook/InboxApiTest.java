package io.countersign.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InboxApiTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/api/v1/inbox/deliveries";

  private volatile boolean good;
  private WebhookServer server;

  /** Status and body of an answer. */
  record Said(int status, JsonNode body) {}

  @BeforeEach
  void start() {
    server =
        new WebhookServer(
            WebhookSettings.withSecret(WebhookServer.SECRET),
            delivery ->
                new String(delivery.body(), StandardCharsets.UTF_8).contains("good") || good
                    ? new Outcome.Handled(List.of("aggregate-1"))
                    : new Outcome.Quarantined("malformed-json", "unexpected end at byte 7"),
            Map.of("countersign.inbox.min-poll", "20ms"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void close() {
    HTTP.close();
  }

  private Said call(String method, String path, String role, @Nullable String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("X-Role", role)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      String text = response.body();
      return new Said(
          response.statusCode(),
          text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String deliver(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var answer =
        RawHttp.post(
            server.port(),
            WebhookController.PATH,
            RawHttp.basic(WebhookServer.SECRET) + "Request-Id: r-1\r\n" + RawHttp.length(bytes),
            bytes);
    assertThat(answer.status()).isEqualTo(202);
    return answer.text().split("\"deliveryId\":\"")[1].substring(0, 36);
  }

  private void awaitClosed() {
    await(() -> server.count("pending") == 0);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not reached in 30 s");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void listsNewestFirstByStatusPageByPageWithoutContent() throws IOException {
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      bad.addFirst(deliver("{\"words\": " + i));
      deliver("{\"good\": " + i + "}");
    }
    awaitClosed();
    Said first = call("GET", API + "?status=quarantined&limit=3", "operator", null);
    assertThat(first.status()).isEqualTo(200);
    Said second =
        call(
            "GET",
            API + "?status=quarantined&limit=3&after=" + first.body().get("next").asString(),
            "operator",
            null);
    assertThat(second.body().has("next")).isFalse();
    List<String> seen = new ArrayList<>();
    first.body().get("items").forEach(one -> seen.add(one.get("id").asString()));
    second.body().get("items").forEach(one -> seen.add(one.get("id").asString()));
    assertThat(seen).isEqualTo(bad);
    assertThat(first.body().toString()).contains("malformed-json").doesNotContain("words");
    assertThat(call("GET", API, "operator", null).body().get("items")).hasSize(10);
    assertThat(call("GET", API + "?status=received", "operator", null).body().get("items"))
        .isEmpty();
    assertThat(call("GET", API + "?status=lost", "operator", null).status()).isEqualTo(400);
    assertThat(call("GET", API + "?limit=0", "operator", null).status()).isEqualTo(400);
    assertThat(call("GET", API + "?after=x", "operator", null).status()).isEqualTo(400);
  }

  @Test
  void showsContentOnlyToThoseWhoMayAndRecordsThatTheyRead() throws IOException {
    String id = deliver("{\"bad\": \"words");
    awaitClosed();
    Said plain = call("GET", API + "/" + id, "operator", null);
    assertThat(plain.body().toString()).doesNotContain("words");
    assertThat(plain.body().get("delivery").get("digest").asString()).startsWith("sha256:");
    assertThat(plain.body().get("history")).hasSize(1);
    assertThat(plain.body().get("operations")).isEmpty();
    assertThat(call("GET", API + "/" + id + "?body=true", "viewer", null).status()).isEqualTo(403);
    Said opened = call("GET", API + "/" + id + "?body=true", "operator", null);
    assertThat(opened.body().get("content").get("body").asString()).isEqualTo("{\"bad\": \"words");
    assertThat(opened.body().get("content").get("headers").get("request-id").asString())
        .isEqualTo("r-1");
    assertThat(opened.body().get("content").toString()).doesNotContainIgnoringCase("authorization");
    assertThat(opened.body().get("operations").get(0).get("principal").asString())
        .isEqualTo("olga");
    assertThat(opened.body().get("operations").get(0).get("kind").asString())
        .isEqualTo("read-body");
    assertThat(
            call("GET", API + "/" + "00000000-0000-0000-0000-000000000000", "operator", null)
                .status())
        .isEqualTo(404);
  }

  @Test
  void aQuarantinedDeliveryIsRetriedByHandAndThenHandled() throws IOException {
    String id = deliver("{\"bad\": 1");
    awaitClosed();
    good = true;
    Said retried =
        call("POST", API + "/" + id + "/retry", "operator", "{\"reason\": \"parser mended\"}");
    assertThat(retried.status()).isEqualTo(200);
    await(
        () ->
            call("GET", API + "/" + id, "operator", null)
                .body()
                .get("delivery")
                .get("status")
                .asString()
                .equals("handled"));
    JsonNode shown = call("GET", API + "/" + id, "operator", null).body();
    assertThat(shown.get("aggregates").get(0).asString()).isEqualTo("aggregate-1");
    assertThat(shown.get("history")).hasSize(2);
    assertThat(shown.get("operations").get(0).get("reason").asString()).isEqualTo("parser mended");
    assertThat(call("GET", API + "?status=quarantined", "operator", null).body().get("items"))
        .isEmpty();
    assertThat(call("POST", API + "/" + id + "/retry", "operator", null).status()).isEqualTo(409);
  }

  @Test
  void evictingNeedsAReasonAndIsRecordedAndCanBeTakenBack() throws IOException {
    String id = deliver("{\"bad\": 1");
    awaitClosed();
    assertThat(call("POST", API + "/" + id + "/evict", "operator", null).status()).isEqualTo(400);
    assertThat(call("POST", API + "/" + id + "/evict", "operator", "{\"reason\": \" \"}").status())
        .isEqualTo(400);
    Said evicted =
        call("POST", API + "/" + id + "/evict", "operator", "{\"reason\": \"not ours\"}");
    assertThat(evicted.body().get("delivery").get("status").asString()).isEqualTo("evicted");
    assertThat(evicted.body().get("operations").get(0).get("reason").asString())
        .isEqualTo("not ours");
    assertThat(server.count("lane_lease")).isZero();
    assertThat(
            call("POST", API + "/" + id + "/evict", "operator", "{\"reason\": \"again\"}").status())
        .isEqualTo(409);
    assertThat(call("POST", API + "/" + id + "/retry", "operator", null).status()).isEqualTo(200);
  }

  @Test
  void retriesAllThatWereQuarantinedWithOneCode() throws IOException {
    for (int i = 0; i < 3; i++) {
      deliver("{\"words\": " + i);
    }
    awaitClosed();
    String all = "/api/v1/inbox/quarantine/retry";
    assertThat(call("POST", all, "operator", "{}").status()).isEqualTo(400);
    Said none = call("POST", all, "operator", "{\"code\": \"attempts-exhausted\"}");
    assertThat(none.body().path("retried").asInt()).isZero();
    good = true;
    Said done =
        call("POST", all, "operator", "{\"code\": \"malformed-json\", \"reason\": \"mended\"}");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body().path("retried").asInt()).isEqualTo(3);
    assertThat(done.body().has("next")).isFalse();
    awaitClosed();
    assertThat(call("GET", API + "?status=handled", "operator", null).body().path("items"))
        .hasSize(3);
    assertThat(server.count("operation")).isEqualTo(3);
  }
}
