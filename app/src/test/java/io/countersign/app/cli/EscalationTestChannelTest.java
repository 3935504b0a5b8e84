package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, against an address that takes what it is sent, or not. */
final class EscalationTestChannelTest {

  private static final String SECRET = "a-secret-nobody-may-see";

  @TempDir Path folder;
  private HttpServer server;
  private volatile int status = 204;
  private final List<String> received = new ArrayList<>();

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private String config(String more) throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, SECRET);
    Path file = folder.resolve("countersign.yaml");
    Files.writeString(
        file,
        """
        countersign:
          escalation:
            webhook: http://127.0.0.1:%d/hook
            webhook-secret-file: %s
        %s
        """
            .formatted(server.getAddress().getPort(), secret, more));
    return file.toString();
  }

  private Path routing(String mail) throws IOException {
    Path file = folder.resolve("routing.yaml");
    var category =
        "  %s: {levels: [first_team, second_team, third_team], sla: 1h, calendar: always}\n";
    var text = new StringBuilder("version: 1\ncalendars: {}\ncategories:\n");
    for (String word : List.of("technical", "operational", "compliance", "security", "business")) {
      text.append(category.formatted(word));
    }
    Files.writeString(file, text + "mail: " + mail + "\n");
    return file;
  }

  @Test
  void whatIsTakenIsToldWithTheAnswer() throws IOException {
    Result result = run("escalation", "test-channel", "webhook", "--config", config(""));

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("webhook").contains("yes").contains("HTTP 204");
    assertThat(result.out()).doesNotContain(SECRET);
    assertThat(received).hasSize(1);
    assertThat(received.getFirst()).contains("\"type\":\"escalation.test\"");
  }

  @Test
  void whatIsNotTakenIsAFinding() throws IOException {
    status = 401;
    Result result = run("escalation", "test-channel", "webhook", "--json", "--config", config(""));

    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    JsonNode one = new JsonMapper().readTree(result.out()).path(0);
    assertThat(one.path("taken").asBoolean(true)).isFalse();
    assertThat(one.path("code").asString()).isEqualTo("http-401");
    assertThat(one.path("answer").asString()).isEqualTo("HTTP 401");
  }

  @Test
  void mailGoesToEachAddressOfTheTeam() throws IOException {
    int port;
    try (var closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    String config =
        config(
            """
                routing: %s
                mail: {host: 127.0.0.1, port: %d, security: none, from: c@example.com, timeout: 1s}
            """
                .formatted(routing("{second_team: [a@example.com, b@example.com]}"), port));

    Result result =
        run("escalation", "test-channel", "mail", "--team", "second_team", "--config", config);
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out()).contains("mail/1", "mail/2", "smtp-no-answer").doesNotContain("@");
    Result nobody =
        run("escalation", "test-channel", "mail", "--team", "first_team", "--config", config);
    assertThat(nobody.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(nobody.err()).contains("the channel mail reaches nobody of the team 'first_team'");
  }

  @Test
  void whatIsNotConfiguredIsSaid() throws IOException {
    assertThat(run("escalation", "test-channel", "mail").err())
        .contains("no channel is configured");
    assertThat(run("escalation", "test-channel", "mail", "--config", config("")).err())
        .contains("there is no channel mail; there are: webhook");
    String without = config("    routing: " + routing("{first_team: [a@example.com]}"));
    assertThat(run("escalation", "test-channel", "webhook", "--config", without).err())
        .contains("countersign.escalation.mail.host: required");
    String wrong = config("    routing: " + routing("{nobody: [a@example.com]}"));
    assertThat(run("escalation", "test-channel", "webhook", "--config", wrong).err())
        .contains("routing.yaml:9:16: no level of any category asks 'nobody'");
    assertThat(run("escalation", "test-channel").code()).isEqualTo(CommandLineInterface.USAGE);
  }
}
