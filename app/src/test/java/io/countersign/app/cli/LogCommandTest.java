package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code log head} and {@code log show}. */
class LogCommandTest {

  private final TestServer server = TestServer.shared();

  private CommandResult run(String... command) {
    return CommandResult.of(
        java.util.stream.Stream.concat(
                List.of(command).stream(),
                List.of(
                    "--url",
                    server.server().url(),
                    "--token-file",
                    server.directory().operatorToken().path().toString())
                    .stream())
            .toList());
  }

  @Test
  void theHeadIsThreeLinesAndOnRequestJson(@TempDir Path folder) throws IOException {
    try (FakeApi api = new FakeApi(folder)) {
      String head =
          "{\"size\":4711,\"lastIndex\":4710,\"entryHash\":\"2fb1\",\"recordedAt\":\"2026-11-20T10:00:00Z\"}";
      api.answer("GET /api/v1/log/head", 200, head);
      assertThat(api.run("log", "head"))
          .isEqualTo(
              new CommandResult(
                  0,
                  """
                  entries     4,711
                  head        4710:2fb1
                  recorded    2026-11-20T10:00:00Z
                  """,
                  ""));
      assertThat(api.run("log", "head", "--json").json()).isEqualTo(ApiClient.JSON.readTree(head));
      api.answer("GET /api/v1/log/head", 200, "{\"size\":0}");
      assertThat(api.run("log", "head")).isEqualTo(new CommandResult(0, "entries     0\n", ""));
    }
  }

  @Test
  void anEntryIsShownForPeopleAndOnRequestAsJson() {
    String secret = "nobody is to read this here";
    assertThat(
            run(
                    "escalation",
                    "raise",
                    "--category",
                    "technical",
                    "--severity",
                    "low",
                    "--text",
                    secret)
                .code())
        .isZero();
    CommandResult last = run("log", "scan", "--type", "escalation.Raised", "--json");
    String index =
        last.out()
            .lines()
            .map(ApiClient.JSON::readTree)
            .toList()
            .getLast()
            .path("index")
            .asString();
    CommandResult shown = run("log", "show", index);
    assertThat(shown.code()).isZero();
    assertThat(shown.out())
        .contains(
            "entry       " + index + "\n",
            "name        escalation.Raised, revision",
            "actor       principal:operator",
            "\npayload\n  {\n",
            "\nmetadata\n  {\n")
        .doesNotContain(secret);
    CommandResult json = run("log", "show", index, "--json");
    assertThat(json.json().path("decoded").path("name").asString()).isEqualTo("escalation.Raised");
    assertThat(run("log", "show", "999999999"))
        .isEqualTo(new CommandResult(1, "", run("log", "show", "999999999").err()))
        .satisfies(missing -> assertThat(missing.err()).contains("the log has no entry 999999999"));
  }

  @Test
  void whatCannotBeReadIsShownAsFarAsItCan(@TempDir Path folder) throws IOException {
    try (FakeApi api = new FakeApi(folder)) {
      api.answer(
          "GET /api/v1/log/entries/7",
          200,
          "{\"entry\":\"AAAA\",\"payloadBytes\":\"c29tZQ==\",\"metadata\":{\"a\":1},\"purgedBy\":12345}");
      CommandResult shown = api.run("log", "show", "7");
      assertThat(shown.code()).isZero();
      assertThat(shown.out())
          .startsWith("UNREADABLE  the entry cannot be read: ")
          .contains(
              "purged      its text was removed, as entry 12,345 says",
              "\npayload\n  c29tZQ==\n",
              "\nmetadata\n  {\n    \"a\" : 1\n  }\n");
    }
  }
}
