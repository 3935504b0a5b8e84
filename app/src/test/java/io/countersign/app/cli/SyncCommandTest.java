package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.cli.FakeApi.Request;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits to be written, on the command line. */
final class SyncCommandTest {

  private static final String PENDING = "GET /api/v1/sync/pending?limit=100";
  private static final String STATES = "GET /api/v1/sync/states?project=project%3Afabrikam%3A1";
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

  @Test
  void whatWaitsIsListedWithTheOtherSideOfAConflict() {
    String page =
        """
        {"items":[
          {"id":"w1","kind":"write","workItem":"workitem:fabrikam:7","to":"Ready","status":"waiting",
           "reason":"not-configured","since":"2026-11-20T10:00:00Z"},
          {"id":"w2","conflict":"c1","kind":"conflict","workItem":"workitem:fabrikam:8","to":"Done",
           "theirs":"Active","status":"undecided","since":"2026-11-20T11:00:00Z"}]}
        """;
    CommandResult result = api.answer(PENDING, 200, page).run("sync", "pending");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList().get(1))
        .matches("w1 +write +workitem:fabrikam:7 +Ready +waiting +not-configured +2026-11-20T10.*");
    assertThat(result.out().lines().toList().get(2))
        .matches(
            "c1 +conflict +workitem:fabrikam:8 +Done \\(theirs: Active\\) +undecided +- +2026.*");
    CommandResult json = api.run("sync", "pending", "--json");
    assertThat(ApiClient.JSON.readTree(json.out())).isEqualTo(ApiClient.JSON.readTree(page));
    assertThat(json.code()).isZero();
  }

  @Test
  void nothingWaitingIsSaid() {
    CommandResult result = api.answer(PENDING, 200, "{\"items\":[]}").run("sync", "pending");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).containsExactly("nothing waits to be written");
  }

  @Test
  void howManyAreListedIsForTheServerToJudge() {
    api.refuse("GET /api/v1/sync/pending?limit=0", 400, "Invalid request", "limit is 1 to 500");
    CommandResult result = api.run("sync", "pending", "--limit", "0");
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("Invalid request: limit is 1 to 500 (400)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "drop"})
  void aWriteIsTriedOrGivenUpWithAReason(String what) {
    String path = "/api/v1/sync/pending/w%2F1/" + what;
    CommandResult result =
        api.answer("POST " + path, 200, "{}").run("sync", what, "w/1", "--reason", "it is so");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().strip())
        .isEqualTo(what.equals("retry") ? "w/1: tried now" : "w/1: given up");
    assertThat(api.requests())
        .containsExactly(new Request("POST", path, "{\"reason\":\"it is so\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "drop"})
  void whatIsNotThereCannotBeTriedNorGivenUp(String what) {
    CommandResult result = api.run("sync", what, "w9", "--reason", "it is so");
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("Not found: nothing lies here (404)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retry w1",
        "drop w1",
        "retry --reason why",
        "resolve workitem:fabrikam:7 c1 --keep ours",
        "resolve workitem:fabrikam:7 c1 --reason why",
        "resolve workitem:fabrikam:7 --keep ours --reason why",
        "states",
        "pending --limit many",
        ""
      })
  void whatLacksSomethingIsAUsageErrorAndAsksNothing(String rest) {
    CommandResult result = api.run(("sync " + rest).strip().split(" "));
    assertThat(result.code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(result.err()).isNotBlank();
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aConflictIsDecidedForOneSide() {
    String path = "/api/v1/work-items/workitem%3Afabrikam%3A7/conflicts/c1";
    api.answer("POST " + path, 200, "{}");
    CommandResult result =
        api.run(
            "sync", "resolve", "workitem:fabrikam:7", "c1", "--keep", "theirs", "--reason", "ok");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().strip()).isEqualTo("c1: theirs");
    assertThat(api.requests())
        .containsExactly(new Request("POST", path, "{\"reason\":\"ok\",\"keep\":\"theirs\"}"));

    api.refuse("POST " + path, 409, "Conflict", "it is decided already");
    assertThat(
            api.run(
                    "sync",
                    "resolve",
                    "workitem:fabrikam:7",
                    "c1",
                    "--keep",
                    "ours",
                    "--reason",
                    "x")
                .err())
        .contains("Conflict: it is decided already (409)");
  }

  @Test
  void statesAreShownWithWhatTheyMeanAndWhatTheyMayMean() {
    String states =
        """
        {"items":[
          {"workItemType":"Bug","sourceState":"Active","category":"InProgress","means":"InProgress","by":"process"},
          {"workItemType":"Bug","sourceState":"Parked","category":"Proposed","suggested":"Blocked"}]}
        """;
    CommandResult result = api.answer(STATES, 200, states).run("sync", "states", PROJECT);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList().get(2))
        .matches("Bug +Parked +Proposed +- +- +Blocked +-");
    assertThat(api.run("sync", "states", PROJECT, "--json").out()).contains("\"Parked\"");

    String put = "PUT /api/v1/projects/project%3Afabrikam%3A1/states";
    CommandResult applied =
        api.answer(put, 200, "{}").run("sync", "states", PROJECT, "--apply", "--yes");
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.out()).endsWith("1 states mapped\n");
    assertThat(api.requests().getLast().body())
        .isEqualTo("{\"workItemType\":\"Bug\",\"sourceState\":\"Parked\",\"state\":\"Blocked\"}");
  }

  @Test
  void nothingUnmappedIsNothingToMap() {
    CommandResult result =
        api.answer(STATES + "&type=Bug", 200, "{\"items\":[]}")
            .run("sync", "states", PROJECT, "--type", "Bug", "--apply", "--yes");
    assertThat(result.code()).isZero();
    assertThat(result.out()).endsWith("nothing is unmapped\n");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aProjectThatIsNotKnownIsToldInTheWordsOfTheServer() {
    assertThat(api.run("sync", "states", "nowhere"))
        .isEqualTo(
            new CommandResult(
                CommandLineInterface.FAILED, "", api.run("sync", "states", "nowhere").err()));
    assertThat(api.run("sync", "states", "nowhere").err()).contains("nothing lies here (404)");
  }
}
