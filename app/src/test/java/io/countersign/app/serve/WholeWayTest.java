package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.read.LogReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The main job over real HTTP and real PostgreSQL: a delivery becomes a row and an answer. */
final class WholeWayTest {

  private final TestServer server = TestServer.shared();

  @Test
  void aDeliveryBecomesAWorkItemAndTheSameDeliveryTwiceChangesNothing() throws Exception {
    String created = example("workitem.created.json");
    assertThat(
            deliver(created, server.directory().webhookSecret().read().orElseThrow()).statusCode())
        .isEqualTo(202);
    until(() -> !server.json("/api/v1/work-items").path("items").isEmpty());
    until(this::everythingIsHandled);
    long before = lastIndex();
    JsonNode item = server.json("/api/v1/work-items").path("items");

    assertThat(deliver(created, server.directory().webhookSecret().read().orElseThrow()).body())
        .contains("\"duplicate\":true");
    until(this::everythingIsHandled);
    assertThat(lastIndex()).isEqualTo(before);
    assertThat(server.json("/api/v1/work-items").path("items")).isEqualTo(item);
  }

  @Test
  void aWrongSecretIsRefused() throws Exception {
    assertThat(deliver("{}", "wrong").statusCode()).isEqualTo(401);
  }

  private boolean everythingIsHandled() {
    return server.json("/api/v1/inbox/deliveries?status=received").path("deliveries").isEmpty();
  }

  private long lastIndex() {
    return server.server().context().getBean(LogReader.class).head().orElseThrow().lastIndex();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private HttpResponse<String> deliver(String body, String secret)
      throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(server.server().url() + "/webhooks/azure-devops"))
              .header("Authorization", "Basic " + credentials)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static String example(String name) throws IOException {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/examples"))) {
      here = here.getParent();
    }
    return Files.readString(here.resolve("docs/examples").resolve(name));
  }
}
