package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DlqCommandTest {

  private static final String SEQ = "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10";
  private static final String PATH = "/api/v1/dead-letters";
  private static final String PARKED =
      """
      {"id": "%s", "projection": "work-items", "processor": "work-items-v1",
       "sequence": "workitem:fabrikam:299", "firstEntry": 4711, "lastEntry": 4730, "letters": 3,
       "event": "workitem.Commented", "code": "sqlstate-23514", "sqlState": "23514",
       "error": "rows of x.y were refused with SQLSTATE 23514, constraint c",
       "parkedAt": "2026-11-22T03:00:00Z", "attempts": 2, "lastAttemptAt": "2026-11-22T03:07:00Z"}
      """
          .formatted(SEQ);

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
  void whatWaitsIsListed() {
    api.answer("GET " + PATH + "?limit=50", 200, "{\"items\": []}");
    assertThat(api.run("dlq", "list")).isEqualTo(new CommandResult(0, "nothing waits\n", ""));
    api.answer(
        "GET " + PATH + "?limit=1&projection=work-items",
        200,
        "{\"items\": [" + PARKED + "], \"next\": \"abc\"}");
    CommandResult listed = api.run("dlq", "list", "work-items", "--limit", "1");
    assertThat(listed.code()).isZero();
    assertThat(listed.out())
        .contains("SEQ", "LETTERS", SEQ, "workitem:fabrikam:299", "4,711", "sqlstate-23514")
        .endsWith("more: --after abc\n");
  }

  @Test
  void whatIsWrongIsShownWithItsStack() {
    api.answer(
        "GET " + PATH + "/" + SEQ,
        200,
        """
        {"sequence": %s, "stack": "x.Refused\\n  at a.B.c(B.java:1)\\n",
         "letters": [{"entry": 4711, "event": "workitem.Commented", "eventId": "e", "parkedAt": "t"},
           {"entry": 4720, "event": "workitem.StateChanged", "eventId": "f", "parkedAt": "u"}]}
        """
            .formatted(PARKED));
    CommandResult shown = api.run("dlq", "show", SEQ);
    assertThat(shown.code()).isZero();
    assertThat(shown.out())
        .contains(
            "event     entry 4,711, workitem.Commented",
            "error     rows of x.y were refused with SQLSTATE 23514, constraint c",
            "tried     2 times, last at 2026-11-22T03:07:00Z",
            "4,720  workitem.StateChanged",
            "... and 1 more")
        .endsWith("x.Refused\n  at a.B.c(B.java:1)\n");
  }

  @Test
  void allThatWaitsIsExportedAsJsonLines() {
    String other = SEQ.replace('5', '6');
    api.answer(
        "GET " + PATH + "?limit=200&projection=work-items",
        200,
        "{\"items\": [{\"id\": \"%s\"}], \"next\": \"abc\"}".formatted(SEQ));
    api.answer(
        "GET " + PATH + "?limit=200&projection=work-items&after=abc",
        200,
        "{\"items\": [{\"id\": \"%s\"}, {\"id\": \"over-meanwhile\"}]}".formatted(other));
    api.answer("GET " + PATH + "/" + SEQ, 200, whole(SEQ, 0, 200));
    api.answer("GET " + PATH + "/" + SEQ + "?afterEntry=199", 200, whole(SEQ, 200, 203));
    api.answer("GET " + PATH + "/" + other, 200, whole(other, 7, 8));
    CommandResult exported = api.run("dlq", "export", "work-items");
    assertThat(exported.err()).isEqualTo("2 sequences\n");
    assertThat(exported.code()).isZero();
    List<JsonNode> lines = exported.out().lines().map(ApiClient.JSON::readTree).toList();
    assertThat(lines).extracting(one -> one.path("letters").size()).containsExactly(203, 1);
    assertThat(lines).extracting(one -> one.path("stack").asString()).containsOnly("x");
  }

  private static String whole(String id, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("{\"entry\": %d}"::formatted)
        .collect(
            Collectors.joining(
                ",",
                "{\"sequence\": {\"id\": \"%s\"}, \"stack\": \"x\", \"letters\": [".formatted(id),
                "]}"));
  }

  @Test
  void tryingAgainSaysWhetherSomethingStillWaits() {
    String retry = "POST " + PATH + "/" + SEQ + "/retry";
    api.answer(retry, 200, "{\"sequence\": \"s\", \"applied\": 3, \"left\": 0}");
    assertThat(api.run("dlq", "retry", SEQ, "--reason", "fixed", "--request-id", SEQ))
        .isEqualTo(new CommandResult(0, "applied 3; nothing of s waits any more\n", ""));
    JsonNode body = ApiClient.JSON.readTree(api.requests().getLast().body());
    assertThat(body.path("reason").asString()).isEqualTo("fixed");
    assertThat(body.path("id").asString()).isEqualTo(SEQ);
    api.answer(
        retry, 200, "{\"applied\": 1, \"left\": 2, \"stoppedAt\": 4720, \"error\": \"Oops\"}");
    assertThat(api.run("dlq", "retry", SEQ, "--reason", "fixed"))
        .isEqualTo(new CommandResult(3, "applied 1; 2 wait behind entry 4,720: Oops\n", ""));
    api.refuse(retry, 404, "There is no such thing", "it may be over");
    assertThat(api.run("dlq", "retry", SEQ, "--reason", "fixed").code()).isOne();
  }

  @Test
  void allAreTriedUntilNoneIsUntried() {
    var asked = new AtomicInteger();
    api.otherwise(_ -> asked.getAndIncrement() == 0 ? answer(100, 1, 60) : answer(160, 2, 0));
    assertThat(api.run("dlq", "retry-all", "work-items", "--reason", "fixed"))
        .isEqualTo(
            new CommandResult(
                3, "tried 160 sequences, applied 500 events; 2 sequences still wait\n", ""));
    assertThat(api.requests()).hasSize(2).allMatch(one -> one.path().equals(PATH + "/retry"));
    assertThat(api.requests().getFirst().body())
        .as("the same request with the same id")
        .contains("work-items")
        .isEqualTo(api.requests().getLast().body());
  }

  private static String answer(int sequences, int still, int untried) {
    return "{\"sequences\": %d, \"applied\": 500, \"stillParked\": %d, \"untried\": %d}"
        .formatted(sequences, still, untried);
  }

  @Test
  void givingUpNeedsAReasonAndSaysWhichEntries() {
    assertThat(api.run("dlq", "evict", SEQ).code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(api.requests()).isEmpty();
    api.answer(
        "POST " + PATH + "/" + SEQ + "/evict",
        200,
        "{\"sequence\": \"s\", \"letters\": 3, \"firstEntry\": 4711, \"lastEntry\": 4730}");
    assertThat(api.run("dlq", "evict", SEQ, "--reason", "a test item"))
        .isEqualTo(new CommandResult(0, "gave up 3 of s, entries 4,711 to 4,730\n", ""));
  }

  @Test
  void whatIsWrongWithTheCommandLineIsSaid() {
    assertThat(api.run("dlq", "show", "7").code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(api.run("dlq", "retry-all").err()).contains("--reason");
  }
}
