package io.countersign.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The story ends where an answer is not what it has to be; the whole of it is in tests/e2e. */
class DemoStoryTest {

  private final StringWriter told = new StringWriter();
  private HttpServer server;
  private String answer = "{}";
  private int status = 200;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void play() throws Exception {
    try (var azureDevOps = AzureDevOpsSandbox.start(SandboxSettings.defaults())) {
      DemoStory.play(
          azureDevOps,
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
          "the-secret",
          "the-token",
          new PrintWriter(told, true));
    }
  }

  @Test
  void whatIsRefusedEndsItWithTheWordsOfTheRefusal() {
    status = 503;
    answer = "{\"title\": \"Not available\", \"detail\": \"Azure DevOps does not answer\"}";

    assertThatThrownBy(this::play)
        .isInstanceOf(StoryException.class)
        .hasMessage("POST /api/v1/hooks was answered 503: Azure DevOps does not answer");
    assertThat(told.toString()).doesNotContain("the-token", "the-secret");
  }

  @Test
  void subscriptionsThatDoNotDeliverEndIt() {
    answer = "{\"project\": \"project:a:b\", \"items\": [{\"status\": \"onProbation\"}]}";

    assertThatThrownBy(this::play)
        .isInstanceOf(StoryException.class)
        .hasMessageContaining("onProbation");
  }

  @Test
  void whatIsNotAnsweredIsNotMadeUp() {
    JsonNode said = Wire.read("{\"name\": \"ann\", \"revision\": 7}");

    assertThat(Said.text(said, "/name")).isEqualTo("ann");
    assertThat(Said.number(said, "/revision")).isEqualTo(7);
    assertThatThrownBy(() -> Said.text(said, "/revision")).isInstanceOf(StoryException.class);
    assertThatThrownBy(() -> Said.number(said, "/index"))
        .isInstanceOf(StoryException.class)
        .hasMessageContaining("/index");
  }

  @Test
  void everyStepBeginsWhereTheOneBeforeEnded() {
    List<String> states = Step.ALL.stream().map(Step::to).toList();

    assertThat(states)
        .containsExactly(
            "Ready", "InProgress", "CodeReview", "Testing", "Staging", "Production", "Done");
    Set<Member> acting = new HashSet<>();
    Step.ALL.forEach(step -> step.acts().forEach(act -> acting.add(act.who())));
    assertThat(acting)
        .as("everybody who is a principal has a part")
        .containsAll(Member.principals());
  }
}
