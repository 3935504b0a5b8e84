package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The README's first command. What it tells is held against what server and Azure DevOps answer
 * when somebody else asks them.
 */
class DemoIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(400);

  @TempDir private Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process demo;
  private Path log;
  private Path data;
  private String server = "";
  private String sandbox = "";

  @AfterEach
  void end() throws Exception {
    http.close();
    if (demo != null) {
      demo.destroy(); // its PostgreSQL goes with it only when it may stop by itself
      if (!demo.waitFor(60, TimeUnit.SECONDS)) {
        demo.destroyForcibly();
      }
    }
  }

  @Test
  void demoPlaysItsStoryAndStopsWhenAsked() throws Exception {
    log = scratch.resolve("demo.txt");
    demo = Program.unpacked().start(log, "demo");
    String told =
        Poll.until(
            PATIENCE,
            () -> Files.readString(log),
            text -> text.contains("Ctrl-C stops all of it") || !demo.isAlive());
    assertThat(demo.isAlive()).as("it stays for whoever wants to look around").as(told).isTrue();
    data = Path.of(found("export COUNTERSIGN_DATA=(\\S+)", told));
    server = found("is ready: (\\S+)", told);
    sandbox = found("curl (\\S+)/_sandbox/items", told);

    theWalkedItemIsDone(id(2));
    theMovedItemIsAViolation(id(3));
    theUrgentItemPassedByOverride(id(4));
    theDisputedItemIsTheirs(id(5));
    bothSidesAreEqualAndNothingIsLeft();
    noSecretIsTold(told);

    demo.destroy();
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as("stops when asked").isTrue();
    assertThat(demo.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).doesNotContain("Exception");
    assertThat(data).as("its data").doesNotExist();
  }

  private void theWalkedItemIsDone(String item) throws Exception {
    assertThat(get("/api/v1/work-items/" + item).path("state").asString()).isEqualTo("Done");
    JsonNode decisions = get("/api/v1/work-items/" + item + "/gates").path("decisions");
    assertThat(decisions.valueStream().filter(one -> one.path("allowed").asBoolean()))
        .as("granted")
        .hasSize(7);
    assertThat(decisions.valueStream().filter(one -> !one.path("missing").isEmpty()))
        .as("refused before, with what was missing")
        .hasSize(6);
    assertThat(entries(item, "workitem.TransitionWritten")).hasSize(7);
    assertThat(entries(item, "workitem.TransitionConfirmed")).hasSize(7);
    assertThat(entries(item, "workitem.TransitionViolated")).as("our own echoes").isEmpty();
    JsonNode writes = get("/api/v1/sync/writes?workItem=" + item).path("items");
    assertThat(writes.valueStream().map(one -> one.path("status").asString()))
        .as("the read model agrees")
        .hasSize(7)
        .containsOnly("confirmed");
  }

  private void theMovedItemIsAViolation(String item) throws Exception {
    assertThat(entries(item, "workitem.TransitionViolated")).hasSize(1);
    JsonNode called = get("/api/v1/escalations?workItem=" + item).path("items");
    assertThat(called).hasSize(1);
    assertThat(called.path(0).path("kind").asString()).isEqualTo("transition-violated");
    assertThat(called.path(0).path("status").asString()).isEqualTo("acknowledged");
  }

  private void theUrgentItemPassedByOverride(String item) throws Exception {
    JsonNode decision =
        get("/api/v1/work-items/" + item + "/gates")
            .path("decisions")
            .valueStream()
            .filter(one -> one.hasNonNull("override"))
            .findFirst()
            .orElseThrow();
    assertThat(decision.path("missing")).hasSize(6);
    assertThat(get("/api/v1/work-items/" + item).path("state").asString()).isEqualTo("Production");
  }

  private void theDisputedItemIsTheirs(String item) throws Exception {
    assertThat(entries(item, "workitem.ConflictDetected")).hasSize(1);
    assertThat(entries(item, "workitem.ConflictResolved")).hasSize(1);
    assertThat(entries(item, "workitem.TransitionWritten")).as("over their work").isEmpty();
    assertThat(get("/api/v1/work-items/" + item).path("state").asString()).isEqualTo("Blocked");
    JsonNode conflict = get("/api/v1/sync/conflicts?workItem=" + item).path("items").path(0);
    assertThat(conflict.path("theirs").asString()).as(conflict.toString()).isEqualTo("Blocked");
    assertThat(conflict.path("resolution").asString()).isEqualTo("theirs");
    JsonNode run = get("/api/v1/reconciliations").path("items").path(0);
    assertThat(run.path("missing").asInt()).as(run.toString()).isEqualTo(1);
    assertThat(run.path("filled").asInt()).isEqualTo(1);
  }

  private void bothSidesAreEqualAndNothingIsLeft() throws Exception {
    JsonNode board = ask(sandbox + "/_sandbox/items").path("value");
    assertThat(board).hasSize(5);
    for (JsonNode item : board) {
      JsonNode ours = get("/api/v1/work-items/" + id(item.path("id").asInt()));
      assertThat(ours.path("sourceState").asString()).isEqualTo(item.path("state").asString());
      assertThat(ours.path("revision").asInt()).isEqualTo(item.path("rev").asInt());
    }
    assertThat(JSON.readTree(run("sync", "pending", "--json")).path("items")).isEmpty();
    assertThat(
            run(
                "audit",
                "verify",
                "--database",
                "--vkey",
                data.resolve("audit/log/keys").toString()))
        .contains("verdict   verifies");
    assertThat(run("work-item", "next", id(5), "--token-file", data + "/tokens/tess"))
        .as("somebody of the story")
        .contains("Blocked, revision", "Ready: allowed");
  }

  private void noSecretIsTold(String told) throws IOException {
    List<Path> secrets =
        new ArrayList<>(List.of(data.resolve("operator.token"), data.resolve("webhook.secret")));
    try (var tokens = Files.list(data.resolve("tokens"))) {
      tokens.forEach(secrets::add);
    }
    assertThat(secrets).hasSize(12);
    for (Path secret : secrets) {
      assertThat(told).doesNotContain(Files.readString(secret).strip());
    }
  }

  private String id(int number) throws Exception {
    return get("/api/v1/work-items?sort=number")
        .path("items")
        .path(number - 1)
        .path("id")
        .asString();
  }

  private JsonNode entries(String item, String name) throws Exception {
    return get("/api/v1/log/entries?limit=1000&aggregate=%s&name=%s".formatted(item, name))
        .path("items");
  }

  private JsonNode get(String path) throws Exception {
    return ask(server + path);
  }

  private JsonNode ask(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofSeconds(20))
            .header(
                "Authorization",
                "Bearer " + Files.readString(data.resolve("operator.token")).strip())
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(address + ": " + response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private String run(String... command) throws Exception {
    var all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--data", data.toString()));
    Program.Finished finished =
        Program.unpacked().run(scratch.resolve(command[0] + ".txt"), all.toArray(String[]::new));
    assertThat(finished.exit()).as(finished.output()).isZero();
    return finished.output();
  }

  private static String found(String pattern, String text) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
    return found.group(1);
  }
}
