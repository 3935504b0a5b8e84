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
 * A privacy officer erases somebody with the packaged program; then somebody with all files and no
 * scruples searches them. One story, because each start of the program costs seconds.
 */
class PrivacyIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ITEM = "workitem:2e976a78-c56c-3d87-aa77-def802487fa8:77";
  private static final List<String> PLAIN_TEXT =
      List.of("Ann Example", "ann@example.org", "Export as a spreadsheet", "zebrafinch");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path scratch;
  private Path data;
  private int logs;

  @Test
  void anErasedPersonIsNowhereAndTheLogVerifies() throws Exception {
    data = scratch.resolve("data");
    byte[] wrapped;
    JsonNode certificate;
    try (var server = RunningServer.start(Program.unpacked(), data, nextLog())) {
      server.deliver(delivery("created"));
      server.deliver(comment());
      Poll.until(SOON, () -> item(server), text -> text.contains("\"comments\":1"));
      String subject = id(run("privacy", "subjects", "ann@example.org"));
      wrapped = AllFiles.wrappedKey(data, subject);
      assertThat(AllFiles.holding(data, wrapped)).as("the search finds what is there").isNotEmpty();
      assertThat(run("privacy", "mentions", subject)).contains(ITEM);

      String erasure = erase(subject);
      certificate = certificate(erasure);
      assertThat(run("privacy", "status", erasure)).contains("\"state\" : \"certified\"");
      assertThat(certificate.at("/certificate/keys").size()).isGreaterThanOrEqualTo(2);
      assertThat(certificate.at("/certificate/probe/texts").asInt()).isPositive();
      assertThat(certificate.at("/certificate/probe/opened").asInt()).isZero();
      assertThat(certificate.path("inclusionProof").asString(""))
          .contains("tlog-proof@v1", "\nindex %d\n".formatted(recordedAt(certificate)));
      assertThat(certificate.path("checkpointSize").asLong())
          .isGreaterThan(recordedAt(certificate));

      JsonNode item = server.get("/api/v1/work-items/" + ITEM);
      assertThat(item.at("/createdBy/subject").asString()).isEqualTo(subject);
      assertThat(item.at("/createdBy/name/erased").asBoolean()).isTrue();
      assertThat(item.at("/title/erased").asBoolean()).isTrue();
      for (String text : PLAIN_TEXT) {
        assertThat(item.toString()).doesNotContain(text);
      }
      server.deliver(delivery("updated"));
      Poll.until(SOON, () -> item(server), text -> text.contains("\"sourceState\":\"Active\""));
      assertThat(run("privacy", "subjects", "ann@example.org"))
          .contains("erased before")
          .doesNotContain(subject);
      assertThat(run("log", "verify")).contains("verdict   verifies");
      AllFiles.asTimeDoes(data);
      assertThat(server.terminate()).as(server.output()).isZero();
    }
    for (String text : PLAIN_TEXT) {
      assertThat(AllFiles.holding(data, text.getBytes(UTF_8))).as(text).isEmpty();
      assertThat(server(1)).as("log of the program").doesNotContain(text);
    }
    assertThat(AllFiles.holding(data, "User Story".getBytes(UTF_8)))
        .as("the search finds what is kept in clear")
        .isNotEmpty();
    assertThat(AllFiles.holding(data, wrapped)).as("the wrapped key").isEmpty();
    assertThat(run("key", "rotate-master")).contains("data keys are wrapped by the new master key");
  }

  /** By three principals; who asks cannot approve, and one approval does nothing. */
  private String erase(String subject) throws Exception {
    for (String name : List.of("ann", "ben", "cleo")) {
      Files.writeString(token(name), run("principal", "add", name, "--role", "privacy"));
    }
    String erasure =
        id(
            as("ann", "erase", subject, "--basis", "objection", "--reason", "DP-17", "--also", ITEM)
                .output());
    Program.Finished own = as("ann", "approve", erasure);
    assertThat(own.exit()).isEqualTo(1);
    assertThat(own.output()).contains("two others have to");
    assertThat(as("ben", "approve", erasure).output()).contains("1 of 2 approvals");
    Program.Finished early = as("ben", "certificate", erasure);
    assertThat(early.exit()).isEqualTo(1);
    assertThat(early.output()).contains("1 of 2 approvals").hasLineCount(1);
    assertThat(as("cleo", "approve", erasure).exit()).isZero();
    return erasure;
  }

  private JsonNode certificate(String erasure) throws Exception {
    Path file = scratch.resolve("certificate.json");
    Poll.until(
        SOON,
        () -> as("ben", "certificate", erasure, "--out", file.toString()),
        finished -> finished.exit() == 0);
    return JSON.readTree(Files.readString(file));
  }

  private static long recordedAt(JsonNode certificate) {
    return certificate.at("/recordedAs/index").asLong();
  }

  private Program.Finished as(String principal, String... command) throws Exception {
    var all = new ArrayList<>(List.of("privacy"));
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

  private String server(int log) throws IOException {
    return Files.readString(scratch.resolve("output-" + log + ".txt"));
  }

  private static byte[] delivery(String name) throws IOException {
    try (var stream = PrivacyIT.class.getResourceAsStream("/deliveries/" + name + ".json")) {
      return stream.readAllBytes();
    }
  }

  private static byte[] comment() throws IOException {
    return new String(delivery("created"), UTF_8)
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
