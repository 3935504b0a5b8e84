package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A running server that seals: verified by HTTP, with its database, and by what it hands out. */
final class AuditEvidenceTest {

  @TempDir private Path scratch;
  private final ToldServer told = new ToldServer();
  private final TestServer server = told.server;

  @BeforeEach
  void somethingIsSealed() throws Exception {
    told.sealed(4_712);
  }

  @Test
  void theDatabaseAndThePublishedLogOfARunningServerVerify() throws Exception {
    Path seen = scratch.resolve("seen");
    CommandResult database =
        run("verify", "--database", "--data", data(), "--vkey", vkey(), "--since-last", "" + seen);
    assertThat(database.code()).as(database.out() + database.err()).isZero();
    assertThat(database.out()).contains("verdict   verifies").doesNotContain("unchecked payloads");
    CommandResult http =
        run(
            "verify",
            server.server().url() + "/api/v1/log/published",
            "--vkey",
            vkey(),
            "--since",
            "" + seen,
            "--token-file",
            token(),
            "--json");
    assertThat(http.code()).as(http.out() + http.err()).isZero();
    assertThat(http.json().path("outcome").asString()).isEqualTo("SOUND");
    assertThat(http.json().at("/verdicts/OK").asLong()).isPositive();
  }

  @Test
  void aBundleIsTakenAwayAndVerifiedWithoutTheServer() throws Exception {
    server.send("POST", "/api/v1/log/head-map", server.operatorToken(), "");
    told.untilSealed();
    Path older =
        Files.writeString(
            scratch.resolve("older"),
            server
                .send("GET", "/api/v1/log/published/checkpoint", server.operatorToken(), "")
                .body());
    Path zip = scratch.resolve("evidence.zip");
    CommandResult written =
        bundle("--aggregate", told.workItem(), "--since", "" + older, "-o", "" + zip);
    assertThat(written.code()).as(written.err()).isZero();
    CommandResult verified = run("verify", "" + zip, "--vkey", vkey(), "--since", "" + older);
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out())
        .contains("COMPLETE: these are all entries of " + told.workItem())
        .contains("the checkpoint you kept");
    Path range = scratch.resolve("range.zip");
    assertThat(bundle("--range", "0..1", "-o", "" + range).code()).isZero();
    assertThat(run("verify", "" + range, "--vkey", vkey()).out()).contains("NOT PROVEN COMPLETE");
  }

  @Test
  void whatIsNoBundleOrNotThereIsSaidInOneLine() throws Exception {
    CommandResult beyond = bundle("--range", "900000..900001", "-o", scratch + "/no.zip");
    assertThat(beyond.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(beyond.err()).contains("no checkpoint was published yet").contains("(404)");
    for (String query : List.of("", "?from=3", "?from=3&to=3", "?aggregate=a&from=0&to=1")) {
      assertThat(
              server
                  .send("GET", "/api/v1/log/bundles" + query, server.operatorToken(), "")
                  .statusCode())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(bundle("-o", scratch + "/no.zip").code()).isEqualTo(CommandLineInterface.USAGE);
    Path other = Files.writeString(scratch.resolve("other.zip"), "no zip");
    CommandResult refused = run("verify", "" + other, "--vkey", vkey());
    assertThat(refused.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(refused.err()).contains("is no bundle of evidence");
  }

  @Test
  void theScrubberTellsHowFarItIs() {
    JsonNode scrub = server.json("/api/v1/log/scrub");
    assertThat(scrub.path("on").asBoolean()).isTrue();
    assertThat(scrub.path("rate").asInt()).isEqualTo(200);
    assertThat(scrub.path("findingCount").asLong(-1)).isZero();
    assertThat(server.send("GET", "/api/v1/log/scrub", "", "").statusCode()).isEqualTo(401);
  }

  private CommandResult bundle(String... command) {
    var all = new ArrayList<>(List.of("bundle", "--url", server.server().url()));
    all.addAll(List.of("--token-file", token()));
    all.addAll(List.of(command));
    return run(all.toArray(new String[0]));
  }

  private String data() {
    return server.directory().path().toString();
  }

  private String token() {
    return server.directory().operatorToken().path().toString();
  }

  private String vkey() {
    return server
        .send("GET", "/api/v1/log/published/vkey", server.operatorToken(), "")
        .body()
        .strip();
  }

  private CommandResult run(String... command) {
    var all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(command));
    if (all.contains("--database")) {
      all.addAll(
          List.of(
              "--database-url", server.databaseUrl(), "--database-user", server.databaseUser()));
      all.addAll(List.of("--database-password-file", passwordFile()));
    }
    return CommandResult.of(all);
  }

  private String passwordFile() {
    try {
      return Files.writeString(scratch.resolve("password"), server.databasePassword()).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
