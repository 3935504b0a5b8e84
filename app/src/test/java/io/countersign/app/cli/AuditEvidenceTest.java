package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A running server that seals: verified by HTTP, with its database, and by what it hands out. */
final class AuditEvidenceTest {

  @TempDir private Path scratch;
  private final TestServer server = TestServer.shared();

  private record Result(int code, String out, String err) {

    JsonNode json() {
      return ApiClient.JSON.readTree(out);
    }
  }

  @BeforeEach
  void somethingIsSealed() throws Exception {
    deliver(4_712);
    until(() -> !workItem().isEmpty());
    untilSealed();
  }

  @Test
  void theDatabaseAndThePublishedLogOfARunningServerVerify() throws Exception {
    Path seen = scratch.resolve("seen");
    Result database =
        run("verify", "--database", "--data", data(), "--vkey", vkey(), "--since-last", "" + seen);
    assertThat(database.code()).as(database.out() + database.err()).isZero();
    assertThat(database.out()).contains("verdict   verifies").doesNotContain("unchecked payloads");
    Result http =
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
    untilSealed();
    Path older =
        Files.writeString(
            scratch.resolve("older"),
            server
                .send("GET", "/api/v1/log/published/checkpoint", server.operatorToken(), "")
                .body());
    Path zip = scratch.resolve("evidence.zip");
    Result written = bundle("--aggregate", workItem(), "--since", "" + older, "-o", "" + zip);
    assertThat(written.code()).as(written.err()).isZero();
    Result verified = run("verify", "" + zip, "--vkey", vkey(), "--since", "" + older);
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out())
        .contains("COMPLETE: these are all entries of " + workItem())
        .contains("the checkpoint you kept");
    Path range = scratch.resolve("range.zip");
    assertThat(bundle("--range", "0..1", "-o", "" + range).code()).isZero();
    assertThat(run("verify", "" + range, "--vkey", vkey()).out()).contains("NOT PROVEN COMPLETE");
  }

  @Test
  void whatIsNoBundleOrNotThereIsSaidInOneLine() throws Exception {
    Result beyond = bundle("--range", "900000..900001", "-o", scratch + "/no.zip");
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
    Result refused = run("verify", "" + other, "--vkey", vkey());
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

  private Result bundle(String... command) {
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

  private String workItem() {
    for (JsonNode entry : server.json("/api/v1/log/entries?limit=1000").path("items")) {
      if (entry.path("name").asString("").equals("workitem.Registered")) {
        return entry.path("aggregateId").asString("");
      }
    }
    return "";
  }

  private void untilSealed() throws Exception {
    long size = server.json("/api/v1/log/head").path("size").asLong();
    until(() -> server.json("/api/v1/log/checkpoints/latest").path("size").asLong(0) >= size);
  }

  private Result run(String... command) {
    var all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(command));
    if (all.contains("--database")) {
      all.addAll(
          List.of(
              "--database-url", server.databaseUrl(), "--database-user", server.databaseUser()));
      all.addAll(List.of("--database-password-file", passwordFile()));
    }
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(
            new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
    return new Result(code, out.toString(), err.toString());
  }

  private String passwordFile() {
    try {
      return Files.writeString(scratch.resolve("password"), server.databasePassword()).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private void deliver(int workItem) throws IOException, InterruptedException {
    String secret = server.directory().webhookSecret().read().orElseThrow();
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/examples"))) {
      here = here.getParent();
    }
    String body =
        Files.readString(here.resolve("docs/examples/workitem.created.json"))
            .replace("4711", Integer.toString(workItem))
            .replace("9edc2ccd", "9edc%04d".formatted(workItem));
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(server.server().url() + "/webhooks/azure-devops"))
              .header("Authorization", "Basic " + credentials)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
