package io.countersign.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The player against a server that answers like Countersign; the real one is in tests/e2e. */
class DemoStoryTest {

  private static final String ITEM =
      """
      {"id": "workitem:demo:%d", "number": %d, "sourceState": "Closed", "state": "Done",
       "incomplete": false, "title": {"text": "A title"}, "stateHistory": [
         {"sourceFrom": "New", "sourceTo": "Closed", "entryIndex": 12,
          "verdict": {"outcome": "violated", "rule": "agile.transition", "reason": "not allowed"}}]}
      """;

  private final List<byte[]> delivered = new ArrayList<>();
  private final ByteArrayOutputStream report = new ByteArrayOutputStream();
  private HttpServer server;
  private int webhookStatus = 202;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/webhooks/azure-devops",
        exchange -> {
          delivered.add(exchange.getRequestBody().readAllBytes());
          answer(
              exchange, webhookStatus, "{\"deliveryId\": \"019aa2c4\", \"digest\": \"sha256:\"}");
        });
    server.createContext(
        "/api/v1/work-items",
        exchange ->
            answer(
                exchange,
                200,
                exchange.getRequestURI().getPath().endsWith("/work-items")
                    ? "{\"items\": [" + item(101) + "," + item(102) + "]}"
                    : item(102)));
    server.createContext("/api/v1/log/head", exchange -> answer(exchange, 200, "{\"index\": 20}"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String item(int number) {
    return ITEM.formatted(number, number);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  private void play() throws Exception {
    DemoStory.play(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "secret",
        "token",
        new PrintWriter(report, true, UTF_8));
  }

  @Test
  void deliversTheStoryAndOneDeliveryTwice() throws Exception {
    play();

    assertThat(delivered).hasSize(14);
    assertThat(Arrays.equals(delivered.getLast(), delivered.get(2))).isTrue();
  }

  @Test
  void reportNamesTheBrokenRuleAndTellsNoSecret() throws Exception {
    play();

    assertThat(report.toString(UTF_8))
        .contains("BREAKS agile.transition: not allowed")
        .contains("did not grow")
        .doesNotContain("secret");
  }

  @Test
  void refusedDeliveryEndsTheStory() {
    webhookStatus = 401;

    assertThatThrownBy(this::play)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("#101 created by Ann")
        .hasMessageContaining("401");
  }
}
