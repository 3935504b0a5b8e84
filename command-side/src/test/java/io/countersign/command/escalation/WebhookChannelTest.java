package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.countersign.command.automation.IntentHandler.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {

  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private static final Notice NOTICE = SampleNotices.raised();

  private record Received(String delivery, String timestamp, String signature, String body) {}

  private final List<Received> received = new ArrayList<>();
  private HttpServer server;
  private volatile int status = 204;
  private volatile String retryAfter = "";

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          received.add(
              new Received(
                  headers.getFirst("Countersign-Delivery"),
                  headers.getFirst("Countersign-Timestamp"),
                  headers.getFirst("Countersign-Signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Outcome tell() throws Exception {
    URI address = URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    var channel = new WebhookChannel(address, SECRET, () -> NOW);
    return channel.tell(NOTICE, channel.targets("security_team").getFirst()).outcome();
  }

  @Test
  void theSignatureIsOverTimestampAndBodyAndTheDeliveryIdStaysTheSame() throws Exception {
    assertThat(tell()).isEqualTo(Outcome.DONE);
    assertThat(tell()).isEqualTo(Outcome.DONE);

    Received first = received.getFirst();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    String expected =
        HexFormat.of()
            .formatHex(
                mac.doFinal(
                    (first.timestamp() + "." + first.body()).getBytes(StandardCharsets.UTF_8)));
    assertThat(first.signature()).isEqualTo("v1=" + expected);
    assertThat(first.timestamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
    assertThat(received).extracting(Received::delivery).containsOnly(NOTICE.delivery().toString());
    assertThat(first.body()).contains("\"team\":\"security_team\"").doesNotContain("null");
  }

  @Test
  void whatMayPassIsTriedAgainAfterTheTimeAskedForAndWhatWillNotIsNot() throws Exception {
    status = 503;
    retryAfter = "120";
    assertThat(tell()).isEqualTo(new Outcome.Again("http-503", Duration.ofMinutes(2)));
    retryAfter = "";
    status = 429;
    assertThat(tell()).isEqualTo(new Outcome.Again("http-429", null));
    status = 302;
    assertThat(tell()).isEqualTo(new Outcome.Hopeless("http-302"));
    status = 410;
    assertThat(tell()).isEqualTo(new Outcome.Hopeless("http-410"));
  }
}
