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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions on the command line. */
final class HooksCommandTest {

  private static final String LIST = "GET /api/v1/hooks?project=Fabrikam%20Web";
  private static final String MAKE = "POST /api/v1/hooks";
  private static final String WELL =
      """
      {"items":[
        {"eventType":"workitem.created","status":"enabled","probationRetries":0,"id":"s1","wholeOrganization":false},
        {"eventType":"workitem.updated","status":"enabled","probationRetries":0,"id":"s2","wholeOrganization":true}]}
      """;
  private static final String ILL =
      """
      {"items":[
        {"eventType":"workitem.created","status":"onProbation","probationRetries":3,"id":"s1","wholeOrganization":false},
        {"eventType":"workitem.updated","status":"missing"}]}
      """;

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
  void thoseThatDeliverAreListedAndAllIsWell() {
    CommandResult result = api.answer(LIST, 200, WELL).run("hooks", "list", "Fabrikam Web");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList().get(1)).matches("workitem.created +enabled +0 +s1");
    assertThat(result.out().lines().toList().get(2))
        .matches("workitem.updated +enabled +0 +s2 \\(all projects\\)");
  }

  @Test
  void oneThatDoesNotDeliverIsAFinding() {
    CommandResult result = api.answer(LIST, 200, ILL).run("hooks", "list", "Fabrikam Web");
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out().lines().toList().get(1))
        .matches("workitem.created +onProbation +3 +s1");
    assertThat(result.out().lines().toList().get(2)).matches("workitem.updated +missing +0 +-");
  }

  @Test
  void aListWithoutAnyIsATableWithoutRows() {
    CommandResult result =
        api.answer(LIST, 200, "{\"items\":[]}").run("hooks", "list", "Fabrikam Web");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines())
        .singleElement()
        .asString()
        .matches("EVENT TYPE +STATUS +TRIED AGAIN +SUBSCRIPTION");
  }

  @ParameterizedTest
  @CsvSource({"create, false", "recreate, true"})
  void thoseThatAreMissingAreMadeAndWhenAskedThoseThatFailAnew(String what, boolean anew) {
    CommandResult result = api.answer(MAKE, 200, WELL).run("hooks", what, "Fabrikam Web");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("s1", "s2 (all projects)");
    assertThat(api.requests())
        .containsExactly(
            new Request(
                "POST",
                "/api/v1/hooks",
                "{\"project\":\"Fabrikam Web\",\"recreate\":%s}".formatted(anew)));
    assertThat(api.answer(MAKE, 200, ILL).run("hooks", what, "Fabrikam Web").code())
        .isEqualTo(CommandLineInterface.FINDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create", "recreate"})
  void jsonIsTheAnswerAsItCameWithTheSameExitCode(String what) {
    api.answer(LIST, 200, ILL).answer(MAKE, 200, ILL);
    CommandResult result = api.run("hooks", what, "Fabrikam Web", "--json");
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(ApiClient.JSON.readTree(result.out())).isEqualTo(ApiClient.JSON.readTree(ILL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create", "recreate"})
  void aRefusalIsToldInTheWordsOfTheServer(String what) {
    String words = "countersign.reconciliation.hook-url is not set";
    api.refuse(LIST, 409, "Conflict", words).refuse(MAKE, 409, "Conflict", words);
    CommandResult result = api.run("hooks", what, "Fabrikam Web");
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("Conflict: " + words + " (409)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks", "hooks list", "hooks create", "hooks recreate"})
  void withoutAProjectItIsAUsageErrorAndAsksNothing(String command) {
    CommandResult result = api.run(command.split(" "));
    assertThat(result.code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(result.err()).isNotBlank();
    assertThat(api.requests()).isEmpty();
  }
}
