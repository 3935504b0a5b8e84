package io.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import io.countersign.e2e.harness.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A comment is purged with the packaged program; then all files are searched for its ciphertext.
 */
class PurgeIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ITEM = "workitem:2e976a78-c56c-3d87-aa77-def802487fa8:77";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path scratch;
  private Path data;
  private int logs;

  @Test
  void thePurgedCommentIsNowhereAndTheLogVerifies() throws Exception {
    data = scratch.resolve("data");
    String ciphertext;
    try (var server = RunningServer.start(Program.unpacked(), data, nextLog())) {
      server.deliver(delivery());
      server.deliver(comment());
      Poll.until(SOON, () -> item(server), text -> text.contains("\"comments\":1"));
      long index =
          server.get("/api/v1/log/entries?name=workitem.Commented").at("/items/0/index").asLong(-1);
      ciphertext =
          server.get("/api/v1/log/entries/" + index).at("/payload/text/sealed").asString("");
      assertThat(ciphertext).hasSizeGreaterThan(40);
      AllFiles.checkpoint(data);
      assertThat(AllFiles.holding(data, ciphertext.getBytes(UTF_8)))
          .as("the search finds what is there")
          .isNotEmpty();

      JsonNode certificate = purge(index);
      assertThat(certificate.at("/certificate/purged/0/index").asLong()).isEqualTo(index);
      assertThat(certificate.path("inclusionProof").asString("")).contains("tlog-proof@v1");
      long last = certificate.at("/recordedAs/index").asLong();
      assertThat(
              server
                  .get("/api/v1/work-items/" + ITEM + "?atLeast=" + last)
                  .path("comments")
                  .asInt())
          .as("it was there")
          .isOne();
      assertThat(run("audit", "show", Long.toString(index)))
          .contains("its text was removed, as entry");
      assertThat(
              run(
                  "audit",
                  "verify",
                  "--database",
                  "--vkey",
                  data.resolve("audit/log/vkey").toString()))
          .contains("PURGED", "verdict   verifies");
      assertThat(run("log", "verify")).contains("verdict   verifies");
      server.deliver(comment());
      assertThat(server.get("/api/v1/log/entries?name=workitem.Commented").path("items"))
          .hasSize(1);
      AllFiles.asTimeDoes(data);
      assertThat(server.terminate()).as(server.output()).isZero();
    }
    assertThat(AllFiles.holding(data, ciphertext.getBytes(UTF_8))).isEmpty();
    assertThat(AllFiles.holding(data, "zebrafinch".getBytes(UTF_8))).isEmpty();
    assertThat(AllFiles.holding(data, "User Story".getBytes(UTF_8)))
        .as("the search finds what is kept in clear")
        .isNotEmpty();
  }

  private JsonNode purge(long index) throws Exception {
    for (String name : List.of("ann", "ben", "cleo")) {
      Files.writeString(token(name), run("principal", "add", name, "--role", "privacy"));
    }
    Program.Finished wrong =
        as("ann", "--entry", "0", "--legal-basis", "unlawful", "--reason", "DP-18");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.output()).contains("entry 0 may not be purged");
    String purge =
        id(
            as(
                    "ann",
                    "--entry",
                    Long.toString(index),
                    "--legal-basis",
                    "unlawful",
                    "--reason",
                    "DP-18")
                .output());
    assertThat(as("ann", "approve", purge).output()).contains("two others have to");
    assertThat(as("ben", "approve", purge).output()).contains("1 of 2 approvals");
    assertThat(as("cleo", "approve", purge).exit()).isZero();
    Path file = scratch.resolve("certificate.json");
    Poll.until(
        SOON,
        () -> as("ben", "certificate", purge, "--out", file.toString()),
        finished -> finished.exit() == 0);
    return JSON.readTree(Files.readString(file));
  }

  private Program.Finished as(String principal, String... command) throws Exception {
    var all = new ArrayList<>(List.of("privacy", "purge"));
    all.addAll(Arrays.asList(command));
    all.addAll(List.of("--data", data.toString(), "--token-file", token(principal).toString()));
    return Program.unpacked().run(nextLog(), all.toArray(String[]::new));
  }

  private String run(String... command) throws Exception {
    var all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--data", data.toString()));
    Program.Finished finished = Program.unpacked().run(nextLog(), all.toArray(String[]::new));
    assertThat(finished.exit()).as(finished.output()).isZero();
    return finished.output();
  }

  private static String id(String output) {
    var id = ID.matcher(output);
    assertThat(id.find()).as(output).isTrue();
    return id.group();
  }

  private static String item(RunningServer server) throws Exception {
    JsonNode items = server.get("/api/v1/work-items").path("items");
    return items.isEmpty() ? "" : server.get("/api/v1/work-items/" + ITEM).toString();
  }

  private Path token(String principal) {
    return scratch.resolve(principal + ".token");
  }

  private Path nextLog() {
    return scratch.resolve("output-" + ++logs + ".txt");
  }

  private static byte[] delivery() throws IOException {
    try (var stream = PurgeIT.class.getResourceAsStream("/deliveries/created.json")) {
      return stream.readAllBytes();
    }
  }

  private static byte[] comment() throws IOException {
    return new String(delivery(), UTF_8)
        .replace("\"workitem.created\"", "\"workitem.commented\"")
        .replace("9edc2ccd-cd9d", "8edc2ccd-cd9d")
        .replace("\"notificationId\" : 1", "\"notificationId\" : 2")
        .replace("\"rev\" : 1", "\"rev\" : 2")
        .replace(
            "\"System.BoardColumn\" :",
            "\"System.History\" : \"Ann Example wrote the zebrafinch note\", \"System.BoardColumn\" :")
        .getBytes(UTF_8);
  }
}
