package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log tells of writes, comparisons and subscriptions, on the command line. */
final class HistoryCommandsTest {

  private static final String EMPTY = "{\"items\":[],\"position\":9}";
  private static final String PROJECT = "project:fabrikam:1";

  @TempDir private Path folder;
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi(folder);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String line(CommandResult result, int number) {
    assertThat(result.code()).as(result.err()).isZero();
    return result.out().lines().toList().get(number);
  }

  @Test
  void writesAreListedWithWhatCameOfThem() {
    String page =
        """
        {"items":[
          {"index":12,"workItem":"workitem:fabrikam:7","kind":"write","from":"New","to":"Ready","askedBy":"principal:ann",
           "askedAt":"2026-11-22T06:00:00Z","status":"refused","code":"rule-broken","words":{"text":"not\\nso"},"steps":[]},
          {"index":11,"workItem":"workitem:fabrikam:8","kind":"reversal","to":"New","askedBy":"source:azure-devops",
           "status":"confirmed","revision":4,"steps":[]}],
         "next":"c1","position":20}
        """;
    api.answer("GET /api/v1/sync/writes?limit=50", 200, page);
    CommandResult result = api.run("sync", "history");
    assertThat(line(result, 1))
        .matches(
            "12 +workitem:fabrikam:7 +New +Ready +principal:ann +2026-11-22T06:00:00Z +refused +- +rule-broken: not so");
    assertThat(line(result, 2))
        .matches(
            "11 +workitem:fabrikam:8 +- +New \\(moved back\\) +source:azure-devops +- +confirmed +4 +-");
    assertThat(line(result, 3)).isEqualTo("more with --after c1");
    assertThat(ApiClient.JSON.readTree(api.run("sync", "history", "--json").out()))
        .isEqualTo(ApiClient.JSON.readTree(page));
  }

  @Test
  void whatIsAskedForIsAskedOfTheServer() {
    String asked =
        "GET /api/v1/sync/writes?limit=2&workItem=workitem%3Afabrikam%3A7&status=written"
            + "&project=project%3Afabrikam%3A1&after=c1";
    api.answer(asked, 200, EMPTY);
    assertThat(
            line(
                api.run(
                    "sync",
                    "history",
                    "--work-item",
                    "workitem:fabrikam:7",
                    "--status",
                    "written",
                    "--project",
                    PROJECT,
                    "--limit",
                    "2",
                    "--after",
                    "c1"),
                0))
        .isEqualTo("no write");
  }

  @Test
  void conflictsAreListedWithBothSides() {
    api.answer(
        "GET /api/v1/sync/conflicts?limit=50&open=true",
        200,
        """
        {"items":[{"index":12,"conflict":"c1","workItem":"workitem:fabrikam:7","from":"New","ours":"Ready",
          "sourceTheirs":"On hold","detectedAt":"2026-11-22T06:00:00Z"}],"position":20}
        """);
    assertThat(line(api.run("sync", "history", "--conflicts", "--open"), 1))
        .matches(
            "12 +workitem:fabrikam:7 +New +Ready +not mapped \\(On hold\\) +undecided +- +2026-11-22T06:00:00Z +c1");
  }

  @Test
  void whatComparingFoundIsListedAndOneShownWithWhatDiffered() {
    api.answer(
        "GET /api/v1/reconciliation-results?limit=50&kind=source&differs=true",
        200,
        """
        {"items":[{"index":12,"recordedAt":"2026-11-22T06:00:00Z","project":"project:fabrikam:1","kind":"source",
          "outcome":"compared","to":"2026-11-22T05:00:00Z","askedBy":"principal:ann","missing":3,"filled":1,
          "unexpected":0,"differs":true}],"position":20}
        """);
    assertThat(line(api.run("reconcile", "history", "--kind", "source", "--differs"), 1))
        .matches(
            "12 +2026-11-22T06:00:00Z +project:fabrikam:1 +source +2026-11-22T05:00:00Z +principal:ann +3 +1 +0");

    api.answer(
        "GET /api/v1/reconciliation-results/12",
        200,
        """
        {"result":{"index":12,"outcome":"compared"},"differences":[
          {"side":"missing","what":"update","workItem":"workitem:fabrikam:7","first":5,"last":6,"size":2},
          {"side":"missing","what":"git.push","size":2}]}
        """);
    assertThat(api.run("reconcile", "history", "12").out().lines().toList())
        .anyMatch(line -> line.matches("missing +update +workitem:fabrikam:7 +5 +6 +2"))
        .anyMatch(line -> line.matches("missing +git.push +- +- +- +2"));
  }

  @Test
  void thatNothingIsLikeThatDoesNotSayThatNothingIsThere() {
    api.answer("GET /api/v1/reconciliation-results?limit=50&differs=true", 200, EMPTY);
    assertThat(api.run("reconcile", "history", "--differs").out()).isEqualTo("no result\n");
    api.answer("GET /api/v1/sync/conflicts?limit=50", 200, EMPTY);
    assertThat(api.run("sync", "history", "--conflicts").out()).isEqualTo("no conflict\n");
  }

  @Test
  void nothingIsClaimedOfWhatWasNotCompared() {
    api.answer(
        "GET /api/v1/reconciliation-results/13",
        200,
        "{\"result\":{\"index\":13,\"outcome\":\"failed\",\"reason\":\"not signed in\"},\"differences\":[]}");
    assertThat(api.run("reconcile", "history", "13").out())
        .contains("not signed in")
        .endsWith("it was not compared: nothing is known of what differed\n");
    CommandResult none = api.run("reconcile", "history", "14");
    assertThat(none.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(none.err()).contains("nothing lies here (404)");
  }

  @Test
  void subscriptionsAreListedAsTheyStoodAndUntilWhen() {
    api.answer(
        "GET /api/v1/hooks/history?limit=50&eventType=git.push&current=true",
        200,
        """
        {"items":[{"index":12,"seenAt":"2026-11-22T06:00:00Z","project":"project:fabrikam:1","eventType":"git.push",
          "before":"enabled","status":"onProbation","seenBy":"automation:reconciliation"}],"position":20}
        """);
    assertThat(line(api.run("hooks", "history", "--type", "git.push", "--current"), 1))
        .matches(
            "12 +2026-11-22T06:00:00Z +now +project:fabrikam:1 +git.push +enabled +onProbation +automation:reconciliation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync history --open",
        "sync history --conflicts --status written",
        "sync history --limit many",
        "reconcile history 12 --differs",
        "reconcile history twelve",
        "hooks history Fabrikam"
      })
  void whatContradictsItselfIsAUsageErrorAndAsksNothing(String command) {
    CommandResult result = api.run(command.split(" "));
    assertThat(result.code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(result.err()).isNotBlank();
    assertThat(api.requests()).isEmpty();
  }
}
