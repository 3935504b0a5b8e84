package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor does with a server that seals, and with what he took from it. */
final class AuditCommandsTest {

  private static final String OTHER_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  @TempDir private Path scratch;
  private final ToldServer told = new ToldServer();
  private final TestServer server = told.server;

  @BeforeEach
  void somethingIsSealed() throws Exception {
    told.sealed(4_711);
  }

  @Test
  void anEntryIsShownWithItsSeal() throws Exception {
    CommandResult shown = run("show", "0");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("entry       0", "hash        ", "sealed      under the checkpoint over");
    assertThat(shown.err()).contains("give those you trust with --vkey");
    CommandResult json = run("show", "0", "--json", "--vkey", vkey());
    assertThat(json.err()).isEmpty();
    assertThat(json.json().path("seal").path("sealed").asBoolean()).isTrue();
    assertThat(json.json().path("entry").path("decoded").path("index").asLong(-1)).isZero();
    CommandResult foreign = run("show", "0", "--vkey", OTHER_KEY);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(foreign.out()).contains("not signed by a key that is expected", "NOT AS IT IS");
    assertThat(run("show", "1000000").err()).contains("no entry 1000000");
  }

  @Test
  void aProofIsTakenAwayAndCheckedWithTheKeyAlone() throws Exception {
    Path file = scratch.resolve("entry-0.tlog-proof");
    CommandResult proven = run("prove", "0", "-o", file.toString(), "--vkey", vkey());
    assertThat(proven.code()).as(proven.err()).isZero();
    CommandResult checked = offline("check-proof", file.toString(), "--vkey", vkey());
    assertThat(checked.code()).isZero();
    assertThat(checked.out()).contains("verdict     proven: entry 0 of the");
    CommandResult json = offline("check-proof", file.toString(), "--vkey", vkey(), "--json");
    assertThat(json.json().path("proven").asBoolean()).isTrue();
    assertThat(run("prove", "0").out()).isEqualTo(Files.readString(file));

    CommandResult foreign = offline("check-proof", file.toString(), "--vkey", OTHER_KEY);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(foreign.out()).contains("NOT PROVEN");
    Path entry = Files.writeString(scratch.resolve("entry"), "another");
    CommandResult other =
        offline("check-proof", file.toString(), "--vkey", vkey(), "--entry", entry.toString());
    assertThat(other.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(other.out()).contains("the path leads to another root");
    Files.writeString(file, Files.readString(file).replace("index 0", "index 00"));
    assertThat(offline("check-proof", file.toString(), "--vkey", vkey(), "--json").out())
        .contains("\"proven\" : false", "line 3");
    assertThat(offline("check-proof", file.toString()).code())
        .isEqualTo(CommandLineInterface.USAGE);
    assertThat(offline("check-proof", scratch + "/nothing", "--vkey", vkey()).err())
        .contains("cannot read");
  }

  @Test
  void nothingIsWrittenForAProofThatIsRefusedOrNotThere() {
    Path file = scratch.resolve("proof");
    CommandResult foreign = run("prove", "0", "-o", file.toString(), "--vkey", OTHER_KEY);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(foreign.err()).contains("nothing is written");
    CommandResult beyond = run("prove", "1000000", "--wait", "0", "-o", file.toString());
    assertThat(beyond.err()).contains("entries are sealed, 1000001 are asked for (404)");
    assertThat(file).doesNotExist();
    assertThat(run("prove", "0", "--json").code()).isEqualTo(CommandLineInterface.USAGE);
  }

  @Test
  void allEntriesOfAWorkItemAreShownToBeAllAndAnAbsentOneAbsent() throws Exception {
    server.send("POST", "/api/v1/log/head-map", server.operatorToken(), "");
    told.untilSealed();
    CommandResult complete = run("complete", told.workItem(), "--vkey", vkey(), "--json");
    assertThat(complete.code()).as(complete.out() + complete.err()).isZero();
    assertThat(complete.json().path("complete").asBoolean()).isTrue();
    assertThat(complete.json().path("entries").isEmpty()).isFalse();
    assertThat(run("complete", told.workItem()).out()).contains("complete: these are all");
    CommandResult absent = run("complete", "workitem:fabrikam:999999", "--vkey", vkey());
    assertThat(absent.code()).as(absent.out()).isZero();
    assertThat(absent.out()).startsWith("absent: none of the first");
    CommandResult foreign = run("complete", told.workItem(), "--vkey", OTHER_KEY);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(foreign.out()).startsWith("NOT COMPLETE: not signed by a key");
  }

  @Test
  void theNewestEntriesAndTheCheckpointAreShownAndFollowed() throws Exception {
    CommandResult tail = run("tail", "-n", "1000");
    assertThat(tail.code()).as(tail.err()).isZero();
    assertThat(tail.out()).contains("workitem.Registered", "-- checkpoint over");
    assertThat(tail.out().lines().findFirst().orElseThrow().strip()).startsWith("0 ");
    assertThat(run("tail", "-n", "1001").code()).isEqualTo(CommandLineInterface.USAGE);
    for (String line : run("tail", "--json").out().lines().toList()) {
      assertThat(ApiClient.JSON.readTree(line).size()).isOne();
    }
    var out = new StringWriter();
    Thread following =
        Thread.ofVirtual()
            .start(
                () ->
                    CommandLineInterface.run(
                        new PrintWriter(out, true),
                        new PrintWriter(new StringWriter()),
                        arguments("tail", "-f", "-n", "0")));
    ToldServer.until(() -> out.toString().contains("-- checkpoint over"));
    told.deliver(7_001);
    ToldServer.until(() -> out.toString().contains(":7001 #0"));
    following.interrupt();
    following.join();
  }

  @Test
  void theLogIsCopiedAndTheCopyVerifiesOffline() throws Exception {
    Path copy = scratch.resolve("copy");
    CommandResult exported = run("export", "--tiles", copy.toString(), "--vkey", vkey(), "--json");
    assertThat(exported.code()).as(exported.out() + exported.err()).isZero();
    assertThat(exported.json().path("copied").asBoolean()).isTrue();
    assertThat(copy.resolve("vkey")).hasContent(vkey() + "\n");
    CommandResult verified =
        offline("verify", copy.toString(), "--vkey", copy.resolve("vkey").toString());
    assertThat(verified.out()).contains("verdict   verifies");
    CommandResult again = run("export", "--tiles", copy.toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).as("the copy's own key").isEmpty();
    CommandResult foreign = run("export", "--tiles", copy.toString(), "--vkey", OTHER_KEY);
    assertThat(foreign.code()).isEqualTo(CommandLineInterface.FINDING);
  }

  @Test
  void aServerThatHidesAnEntryIsFoundOut() throws Exception {
    server.send("POST", "/api/v1/log/head-map", server.operatorToken(), "");
    told.untilSealed();
    try (var lying = lying("/entries?", "(?s).*", "{\"items\":[]}")) {
      CommandResult hidden = asked(lying, "complete", told.workItem());
      assertThat(hidden.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(hidden.out()).startsWith("NOT COMPLETE: the map knows later entries");
    }
    try (var lying = lying("/heads/", "head \\d+", "head 99999")) {
      CommandResult json = asked(lying, "complete", told.workItem(), "--json");
      assertThat(json.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(json.json().path("complete").asBoolean(true)).isFalse();
    }
  }

  @Test
  void aServerThatShowsOrProvesSomethingElseIsFoundOut() throws Exception {
    try (var lying = lying("/entries/0", "\"payloadBytes\":\"....", "\"payloadBytes\":\"AAAA")) {
      CommandResult shown = asked(lying, "show", "0");
      assertThat(shown.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(shown.out()).contains("the stored payload does not have the digest");
    }
    byte[] other =
        server
            .send("GET", "/api/v1/log/entries/1", server.operatorToken(), "")
            .body()
            .getBytes(StandardCharsets.UTF_8);
    try (var lying =
        new LyingServer(
            server.server().url(), (path, body) -> path.endsWith("/entries/0") ? other : body)) {
      CommandResult shown = asked(lying, "show", "0");
      assertThat(shown.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(shown.out()).contains("the entry says it is entry 1", "NOT AS IT IS");
    }
    byte[] proof =
        server
            .send("GET", "/api/v1/log/proofs/1.tlog-proof", server.operatorToken(), "")
            .body()
            .getBytes(StandardCharsets.UTF_8);
    try (var lying =
        new LyingServer(
            server.server().url(), (path, body) -> path.contains("/proofs/0.") ? proof : body)) {
      assertThat(asked(lying, "prove", "0").err()).contains("the server proves entry 1 instead");
    }
  }

  @Test
  void aTileThatIsAnotherIsNotCopied() throws Exception {
    Path copy = scratch.resolve("copy");
    try (var lying =
        new LyingServer(
            server.server().url(),
            (path, body) -> {
              if (path.contains("/tile/entries/")) {
                body[40] ^= 1;
              }
              return body;
            })) {
      CommandResult exported = asked(lying, "export", "--tiles", copy.toString());
      assertThat(exported.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(exported.out()).contains("entry 0 is not the one that was sealed");
    }
    assertThat(copy.resolve("checkpoint")).doesNotExist();
  }

  private LyingServer lying(String where, String what, String instead) throws IOException {
    return new LyingServer(
        server.server().url(),
        (path, body) ->
            path.contains(where)
                ? new String(body, StandardCharsets.UTF_8)
                    .replaceFirst(what, instead)
                    .getBytes(StandardCharsets.UTF_8)
                : body);
  }

  private CommandResult asked(LyingServer lying, String... command) {
    var all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(command));
    all.addAll(List.of("--vkey", vkey(), "--url", lying.url()));
    all.addAll(List.of("--token-file", server.directory().operatorToken().path().toString()));
    return CommandResult.of(all);
  }

  private String vkey() {
    return server
        .send("GET", "/api/v1/log/published/vkey", server.operatorToken(), "")
        .body()
        .strip();
  }

  private CommandResult run(String... command) {
    return CommandResult.of(arguments(command));
  }

  private String[] arguments(String... command) {
    var all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(command));
    all.addAll(List.of("--data", server.directory().path().toString()));
    all.addAll(List.of("--url", server.server().url()));
    all.addAll(List.of("--token-file", server.directory().operatorToken().path().toString()));
    return all.toArray(new String[0]);
  }

  private static CommandResult offline(String... command) {
    var all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(command));
    return CommandResult.of(all);
  }
}
