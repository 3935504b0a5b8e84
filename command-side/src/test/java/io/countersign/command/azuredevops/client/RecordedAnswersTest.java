package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the real service, where the recordings are at hand. */
final class RecordedAnswersTest {

  private static final Path RECORDINGS = recordings();
  private static final JsonMapper JSON = new JsonMapper();

  private record Recorded(String name, String method, String url, Reply.Whole reply) {

    Answer<JsonNode> read() {
      boolean changes = !method.equals("GET") && !url.contains("/wiql");
      var call = new Call("recorded", method, "/", 0, null, Call.JSON, changes, Scope.WORK);
      return Replies.read(call, reply, Instant.EPOCH);
    }
  }

  /** Beside the checkout, where they are. */
  private static Path recordings() {
    Path below = Path.of("shared/data/azure-devops/recordings");
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.isDirectory(folder.resolve(below))) {
      folder = folder.getParent();
    }
    return folder.resolve(below);
  }

  private static Recorded recorded(String name, JsonNode one) {
    JsonNode response = one.path("response");
    Map<String, List<String>> headers = new HashMap<>();
    response
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().asString())));
    JsonNode body = response.path("body");
    String text = body.isNull() ? "" : body.isString() ? body.stringValue() : body.toString();
    return new Recorded(
        name,
        one.path("request").path("method").asString(),
        one.path("request").path("url").asString(),
        new Reply.Whole(
            response.path("status").intValue(),
            HttpHeaders.of(headers, (_, _) -> true),
            ScriptedServer.utf8(text)));
  }

  private static List<Recorded> all() throws IOException {
    assumeThat(RECORDINGS).isDirectory();
    List<Recorded> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(RECORDINGS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode json = JSON.readTree(Files.readString(file));
        String name = file.getFileName().toString();
        if (json.has("interactions")) {
          json.path("interactions").forEach(one -> all.add(recorded(name, one)));
        } else {
          all.add(recorded(name, json));
        }
      }
    }
    return all;
  }

  @Test
  void everyRecordedStatusIsTheValueItIsMeantToBe() throws IOException {
    List<Recorded> all = all();
    assertThat(all).hasSizeGreaterThan(500);
    for (Recorded one : all) {
      if (one.method().equals("HEAD")) {
        continue;
      }
      String expected =
          switch (one.reply().status()) {
            case 400 -> "refused";
            case 401 -> "unauthorized";
            case 404 -> "not-found-or-not-permitted";
            case 503 -> "unavailable";
            default -> one.reply().body().length == 0 && !isRemoval(one) ? "no body" : "ok";
          };
      if (!expected.equals("no body")) {
        assertThat(one.read().outcome()).as(one.name() + " " + one.url()).isEqualTo(expected);
      }
    }
  }

  private static boolean isRemoval(Recorded one) {
    return one.method().equals("DELETE") || one.reply().status() == 204;
  }

  @Test
  void everyRecordedWorkItemIsReadWithItsRevision() throws IOException {
    int seen = 0;
    for (Recorded one : all()) {
      boolean item =
          one.reply().status() == 200
              && !one.method().equals("DELETE")
              && one.url().matches(".*/wit/workItems/([0-9]+|\\$[A-Za-z]+)(\\?.*)?");
      if (item && one.read() instanceof Answer.Ok<JsonNode> ok) {
        RemoteWorkItem read = RemoteWorkItem.read(ok.value());
        assertThat(read).as(one.name() + " " + one.url()).isNotNull();
        assertThat(ok.rev()).isEqualTo(read.rev());
        assertThat(ok.activity()).as("the service's id of the call").isNotNull();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(40);
  }

  @Test
  void recordedProjectsQueriesAndIdentitiesAreRead() throws IOException {
    int seen = 0;
    for (Recorded one : all()) {
      if (one.reply().status() != 200 || !(one.read() instanceof Answer.Ok<JsonNode> ok)) {
        continue;
      }
      if (one.method().equals("GET") && one.url().matches(".*/_apis/projects(\\?.*)?")) {
        assertThat(Sender.Shape.values(ProjectCalls.Project::read).read(ok.value())).isNotNull();
        seen++;
      } else if (one.url().endsWith("/wit/wiql")) {
        assertThat(Sender.Shape.listOf("workItems", Sender.Shape::object).read(ok.value()))
            .isNotNull();
        seen++;
      } else if (one.url().contains("/_apis/ConnectionData")) {
        Organization.WhoAmI we = Organization.WhoAmI.read(ok.value());
        assertThat(we).isNotNull();
        assertThat(we.organization()).isNotNull();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(5);
  }
}
