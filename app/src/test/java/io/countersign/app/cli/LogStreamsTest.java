package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamsTest {

  private static final String STREAMS = "GET /api/v1/streams?";
  private static final String PAGE =
      """
      {"items":[{"id":"workitem:fabrikam:299","type":"workitem","entries":1700,"firstIndex":4096,
        "firstAt":"2026-11-20T10:00:00.123456Z","lastIndex":4711,"lastAt":"2026-11-20T16:30:00.123456Z"}],
       "next":"more","position":4712}
      """;

  private FakeApi api;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void streamsAreATableThatSaysHowToGoOn() {
    api.answer(STREAMS + "limit=50", 200, PAGE);
    CommandResult found = api.run("log", "streams");
    assertThat(found.code()).isZero();
    assertThat(found.err()).isEmpty();
    assertThat(found.out())
        .isEqualTo(
            """
            STREAM                 TYPE      ENTRIES  FIRST  AT                           LAST   AT
            workitem:fabrikam:299  workitem  1,700    4,096  2026-11-20T10:00:00.123456Z  4,711  2026-11-20T16:30:00.123456Z
            more: --after more
            """);
  }

  @Test
  void filtersGoToTheServerAndJsonIsItsAnswer() {
    api.answer(
        STREAMS + "limit=2&type=workitem&prefix=workitem%3Afabrikam%3A&after=more", 200, PAGE);
    CommandResult found =
        api.run(
            "log",
            "streams",
            "--limit",
            "2",
            "--type",
            "workitem",
            "--prefix",
            "workitem:fabrikam:",
            "--after",
            "more",
            "--json");
    assertThat(ApiClient.JSON.readTree(found.out())).isEqualTo(ApiClient.JSON.readTree(PAGE));
  }

  @Test
  void nothingFoundIsSaidAndARefusalIsTheServersOwnWords() {
    api.answer(STREAMS + "limit=50&type=None", 200, "{\"items\":[],\"position\":3}")
        .refuse(STREAMS + "limit=500", 400, "The request is not valid", "limit: 1 to 200 expected");
    assertThat(api.run("log", "streams", "--type", "None"))
        .isEqualTo(new CommandResult(0, "no stream\n", ""));
    CommandResult refused = api.run("log", "streams", "--limit", "500");
    assertThat(refused.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(refused.err()).contains("1 to 200");
  }
}
