package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.cli.CommandLineInterface;
import io.countersign.app.data.DataDirectory;
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
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that was restored from an older state, from the start of the server to the decision.
 */
final class HaltedServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void nothingIsTakenInUntilSomebodyDecidesAndThenEverythingGoesOn() throws Exception {
    Path data = folder.resolve("data");
    Map<String, String> settings = TestServer.settings(data);
    try (Server server = Server.start(settings)) {
      assertThat(server.url()).isNotEmpty();
      until(() -> cli("audit", "status", "--data", data.toString()).out().contains("sealed    1"));
    }
    loseEverything(settings);
    try (Server server = Server.start(settings)) {
      Result status = cli("audit", "status", "--data", data.toString());
      assertThat(status.code()).isEqualTo(3);
      assertThat(status.out()).contains("HALTED    ROLLED_BACK", "countersign audit restart");
      HttpResponse<String> delivery = deliver(server, data);
      assertThat(delivery.statusCode()).isEqualTo(503);
      assertThat(delivery.headers().firstValue("Retry-After")).isPresent();
      assertThat(delivery.body()).contains("log-halted");
      assertThat(get(server, "/health/ready").body())
          .contains("\"log\":\"down\"", "ROLLED_BACK", "audit restart");
      assertThat(cli("audit", "resume", "--data", data.toString(), "--reason", "hope").err())
          .contains("not sound yet");

      Result restart =
          cli("audit", "restart", "--data", data.toString(), "--reason", "the disk was lost");
      assertThat(restart.code()).as(restart.err()).isZero();
      assertThat(restart.out()).contains("/2 in ", "log-2");
      until(() -> deliver(server, data).statusCode() == 202);
      until(() -> cli("audit", "status", "--data", data.toString()).out().contains("unsealed  0"));
      until(
          () ->
              cli("audit", "rotate-key", "--data", data.toString(), "--reason", "test").code()
                  == 0);
      until(() -> cli("audit", "status", "--data", data.toString()).out().contains("unsealed  0"));
      Path published = data.resolve("audit/log-2");
      Result verified =
          cli(
              "audit",
              "verify",
              published.toString(),
              "--vkey",
              published.resolve("keys").toString());
      assertThat(verified.code()).as(verified.out()).isZero();
      assertThat(Files.readAllLines(published.resolve("keys"))).hasSize(2);
    }
    Files.move(data.resolve("audit/log.key.2"), folder.resolve("kept"));
    assertThatThrownBy(() -> Server.start(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("log.key");
    Files.move(folder.resolve("kept"), data.resolve("audit/log.key.2"));
    try (Server server = Server.start(settings)) {
      until(() -> deliver(server, data).statusCode() == 202);
    }
  }

  private static void loseEverything(Map<String, String> settings) throws Exception {
    try (var connection =
            DriverManager.getConnection(
                settings.get("countersign.database.url"),
                settings.get("countersign.database.user"),
                settings.get("countersign.database.password"));
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("delete from eventlog.entry");
    }
  }

  private static HttpResponse<String> get(Server server, String path) {
    return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
  }

  private static HttpResponse<String> deliver(Server server, Path data) {
    String secret = new DataDirectory(data).webhookSecret().read().orElseThrow();
    String basic = "azure-devops:" + secret;
    return send(
        HttpRequest.newBuilder(URI.create(server.url() + "/webhooks/azure-devops"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofString("{\"eventType\": \"workitem.created\"}")));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private record Result(int code, String out, String err) {}

  private static Result cli(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
