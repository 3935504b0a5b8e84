package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.cli.CommandLineInterface;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.read.LogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job over real HTTP and real PostgreSQL: a delivery becomes a row and an answer. */
final class WholeWayTest {

  private final TestServer server = TestServer.shared();

  @TempDir Path folder;

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
  void aByteChangedByHandIsFoundWithItsIndex() throws Exception {
    String secret = server.directory().webhookSecret().read().orElseThrow();
    deliver(example("workitem.created.json"), secret);
    until(() -> !server.json("/api/v1/work-items").path("items").isEmpty());
    until(this::everythingIsHandled);
    DatabaseAddress database = server.server().context().getBean(DatabaseAddress.class);
    Path password = Files.writeString(folder.resolve("password"), database.password());
    String[] command = {
      "log", "verify", "--data", server.directory().path().toString(),
      "--database-url", database.url(), "--database-user", database.user(),
      "--database-password-file", password.toString()
    };
    var before = new StringWriter();
    assertThat(cli(before, command)).isZero();
    assertThat(before.toString())
        .contains("verdict   verifies", "entries   " + (lastIndex() + 1), "head      ");

    changeFirstPayload(database);
    var after = new StringWriter();
    assertThat(cli(after, command)).isEqualTo(3);
    assertThat(after.toString())
        .contains("entry 0: PAYLOAD_DIGEST_MISMATCH", "verdict   DOES NOT VERIFY");
    changeFirstPayload(database);
    assertThat(cli(new StringWriter(), command)).isZero();
  }

  /** Flips one bit, past the trigger that refuses it; a second time flips it back. */
  private static void changeFirstPayload(DatabaseAddress database) throws SQLException {
    try (var connection = database.connect("test");
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          "update eventlog.entry set payload = set_bit(payload, 7, 1 - get_bit(payload, 7))"
              + " where index = 0");
    }
  }

  private static int cli(StringWriter out, String... command) {
    return CommandLineInterface.run(
        new PrintWriter(out, true), new PrintWriter(new StringWriter()), command);
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
