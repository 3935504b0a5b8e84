package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogScanTest {

  private static final String ENTRIES = "GET /api/v1/log/entries?";
  private static final String ENTRY =
      """
      {"index":%d,"recordedAt":"2026-11-21T10:00:00Z","name":"workitem.Deleted","aggregateId":"workitem:fabrikam:%d",
       "sequence":3,"actor":"source:azure-devops"}
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

  private static String page(String next, int... indexes) {
    StringBuilder items = new StringBuilder();
    for (int index : indexes) {
      items.append(items.isEmpty() ? "" : ",").append(ENTRY.formatted(index, index));
    }
    return "{\"items\":[%s]%s}".formatted(items, next);
  }

  @Test
  void pagesFollowEachOtherUntilTheLast() {
    api.answer(ENTRIES + "from=0&limit=1000", 200, page(",\"next\":8", 3, 7))
        .answer(ENTRIES + "from=8&limit=1000", 200, page("", 9));
    CommandResult all = api.run("log", "scan");
    assertThat(all.code()).isZero();
    assertThat(all.err()).isEqualTo("3 entries\n");
    assertThat(all.out().lines())
        .hasSize(3)
        .last()
        .asString()
        .matches(" +9  2026-11-21T10:00:00Z  workitem.Deleted +workitem:fabrikam:9 #3  source:.*");
  }

  @Test
  void aFilterAndALimitGoToTheServer() {
    api.answer(
        ENTRIES + "from=5&limit=2&name=workitem.Deleted&aggregate=workitem%3Afabrikam%3A6",
        200,
        page(",\"next\":8", 6, 7));
    CommandResult two =
        api.run(
            "log",
            "scan",
            "--from",
            "5",
            "--limit",
            "2",
            "--json",
            "--type",
            "workitem.Deleted",
            "--aggregate",
            "workitem:fabrikam:6");
    assertThat(two.err()).isEqualTo("2 entries\n");
    assertThat(two.out().lines())
        .map(line -> ApiClient.JSON.readTree(line).path("index").asLong())
        .containsExactly(6L, 7L);
  }

  @Test
  void nothingFoundIsSaidAndARefusalIsTheServersOwnWords() {
    api.answer(ENTRIES + "from=0&limit=1000", 200, page(""))
        .refuse(ENTRIES + "from=-1&limit=1000", 400, "The request is not valid", "0 or more");
    assertThat(api.run("log", "scan")).isEqualTo(new CommandResult(0, "", "0 entries\n"));
    CommandResult refused = api.run("log", "scan", "--from", "-1");
    assertThat(refused.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(refused.err()).contains("0 or more");
  }
}
