package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies on the command line. */
final class PolicyCommandTest {

  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  @Test
  void soundPoliciesAreNamedWithTheirHash() {
    Result result = run("policy", "validate", "basic", "agile", "scrum", "cmmi");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines()).hasSize(4).allMatch(l -> l.matches(".*sha256 [0-9a-f]{64}"));
  }

  @Test
  void everyFaultOfEveryFileIsPrintedWithItsPlace() throws IOException {
    Path one = file("one.yaml", agile().replace("from: Removed, to: New", "from: Removed, to: Nw"));
    Path two =
        file(
            "two.yaml",
            agile()
                .replace("met: item.assigned == true", "met: item.asigned == true")
                .replace("secondPerson: true", "secondPerson: maybe"));
    Result result = run("policy", "validate", one.toString(), two.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out())
        .containsPattern("one\\.yaml:\\d+:\\d+: /transitions/\\d+/to: unknown state 'Nw'")
        .containsPattern("two\\.yaml:\\d+:\\d+: /overrides/secondPerson: true or false");
    JsonNode json =
        ApiClient.JSON.readTree(run("policy", "validate", "--json", one.toString()).out());
    assertThat(json.get(0).path("faults").get(0).path("line").asInt()).isPositive();
  }

  @Test
  void aMissingFileIsAFailureAndNoFileAUsageError() {
    assertThat(run("policy", "validate", "nowhere.yaml").code())
        .isEqualTo(CommandLineInterface.FAILED);
    assertThat(run("policy", "validate").code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(run("policy").code()).isEqualTo(CommandLineInterface.USAGE);
  }

  @Test
  void aPolicyIsShownAsTheReferenceShowsIt() {
    assertThat(run("policy", "show", "cmmi").out())
        .contains("stateDiagram-v2", "`team_lead_approval`", "`requirement_specification`");
  }

  @Test
  void whatAnotherPolicyChangesIsToldInWords() throws IOException {
    Path ours = file("ours.yaml", agile().replace("secondPerson: true", "secondPerson: false"));
    Result result = run("policy", "diff", "agile", ours.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out().strip())
        .isEqualTo("looser    overrides: an override needs a second person: no more");
    assertThat(run("policy", "diff", "agile", "agile").code()).isZero();
  }

  @Test
  void historyIsJudgedAgainAsFarAsItsInputsWereRecorded() throws IOException {
    var history = new ArrayList<ObjectNode>();
    history.add(entry(0, "workitem.StateChanged", "New", "Done", 1));
    history.add(entry(1, "workitem.TransitionViolated", "New", "Done", 1));
    history.add(entry(2, "workitem.StateChanged", "New", "Ready", 2));
    history.add(entry(3, "workitem.StateChanged", "Testing", "Removed", 3));
    ObjectNode refused = entry(4, "workitem.TransitionRefused", "Ready", "InProgress", null);
    String inputs = "{\"item\":{\"assigned\":true},\"now\":\"2026-11-02T12:00:00Z\"}";
    ((ObjectNode) refused.path("payload")).put("inputs", inputs);
    history.add(refused);
    history.add(entry(5, "workitem.Created", "New", "Done", null));

    Result cmmi = simulate(history, "cmmi", "0");
    assertThat(cmmi.code()).as(cmmi.err()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(cmmi.out())
        .contains("would be blocked: Testing is not followed by Removed")
        .contains("4 transitions: 2 the same, 1 would be blocked, 0 would pass, 1 not re-runnable");

    Result agile = simulate(history, "agile", "0");
    assertThat(agile.out())
        .contains("workitem:fabrikam:7  Ready to InProgress  would pass: nothing would be missing")
        .contains("4 transitions: 2 the same, 0 would be blocked, 1 would pass, 1 not re-runnable");

    assertThat(simulate(history, "cmmi", "4").out()).contains("1 transitions: 1 the same");
    assertThat(simulate(history, "cmmi", "2026-11-01T00:00:04Z").out()).contains("1 transitions");
    assertThat(simulate(history, "cmmi", "yesterday").code()).isEqualTo(CommandLineInterface.USAGE);
  }

  private static ObjectNode entry(
      long index, String name, String from, String to, @Nullable Integer updateId) {
    ObjectNode entry = ApiClient.JSON.createObjectNode();
    entry.put("index", index).put("name", name);
    entry.put("recordedAt", "2026-11-01T00:00:%02dZ".formatted(index));
    ObjectNode payload = entry.putObject("payload");
    payload.put("workItem", "workitem:fabrikam:7").put("from", from).put("to", to);
    if (updateId != null) {
      payload.putObject("change").put("updateId", updateId);
    }
    return entry;
  }

  private Result simulate(List<ObjectNode> history, String policy, String since)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/log/entries",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String query = exchange.getRequestURI().getQuery();
          JsonNode answer =
              query == null
                  ? history.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)))
                  : page(history, query);
          byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return run(
          "policy",
          "simulate",
          "--policy",
          policy,
          "--since",
          since,
          "--url",
          "http://127.0.0.1:" + server.getAddress().getPort(),
          "--token-file",
          token().toString());
    } finally {
      server.stop(0);
    }
  }

  /** Two entries a page, so that pages are turned. */
  private static JsonNode page(List<ObjectNode> history, String query) {
    long from = Long.parseLong(query.replaceAll(".*from=(\\d+).*", "$1"));
    String name = query.replaceAll(".*name=([^&]*).*", "$1");
    ObjectNode page = ApiClient.JSON.createObjectNode();
    var items = page.putArray("items");
    List<ObjectNode> all =
        history.stream()
            .filter(e -> e.path("index").asLong() >= from)
            .filter(e -> e.path("name").asString("").equals(name))
            .toList();
    all.stream().limit(2).forEach(items::add);
    if (all.size() > 2) {
      page.put("next", all.get(2).path("index").asLong());
    }
    return page;
  }

  private Path token() throws IOException {
    Path token = folder.resolve("token");
    if (!Files.exists(token)) {
      Files.createFile(
          token,
          java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
              java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
      Files.writeString(token, "token");
    }
    return token;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String agile() {
    return new String(
        io.countersign.rules.policy.BuiltInPolicies.file(
            io.countersign.kernel.project.Process.AGILE),
        StandardCharsets.UTF_8);
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }
}
