package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Gates from the command line, on a real server: what is missing is said, brought and decided. */
class GateCommandsTest {

  private final ToldServer told = new ToldServer();
  private final TestServer server = told.server;
  private final String operator = server.directory().operatorToken().path().toString();

  @TempDir Path folder;

  @Test
  void aTransitionIsRefusedInWordsBroughtWhatItMissesAndGranted() throws Exception {
    long size = server.json("/api/v1/log/head").path("size").asLong();
    told.deliver(4_711);
    ToldServer.until(() -> !server.json("/api/v1/work-items").path("items").isEmpty());
    JsonNode seen = server.json("/api/v1/work-items").path("items").get(0);
    String item = seen.path("id").asString();
    String project = seen.path("project").asString();
    String policy =
        server
            .json("/api/v1/policies/built-in")
            .path("items")
            .valueStream()
            .filter(one -> one.path("id").asString().equals("cmmi"))
            .map(one -> "cmmi@" + one.path("version").asString())
            .findFirst()
            .orElseThrow();

    assertThat(run(operator, "policy", "list", project).out()).contains("no policy is attached");
    assertThat(run(operator, "policy", "attach", project, policy).err()).isEmpty();
    assertThat(run(operator, "policy", "mode", project, "observe").code()).isZero();
    String name = server.json("/api/v1/projects/" + project).path("name").asString();
    assertThat(run(operator, "project", "list").out()).contains(name, project);
    assertThat(run(operator, "project", "process", "Nowhere", "cmmi").err())
        .contains("no project Nowhere is known here");
    assertThat(run(operator, "project", "map", name, "Bug", "Triaged", "Somewhere").err())
        .contains("InProgress");
    assertThat(run(operator, "sync", "conflicts", name, "ask").code()).isZero();
    assertThat(run(operator, "sync", "conflicts", project, "mine").err())
        .contains("/keep: one of theirs, ours, ask expected");
    assertThat(run(operator, "policy", "list", project).out())
        .contains("mode: observe", "conflicts: ask", policy);
    assertThat(run(operator, "sync", "conflicts", project, "theirs").code()).isZero();
    assertThat(run(operator, "policy", "attach", project, "cmmi@none").err()).contains("(404)");

    String tess = principal("tess", "team_lead");
    assertThat(run(operator, "work-item", "next", item).out())
        .contains("New, revision", "Ready: blocked", "team_lead_approval", "Removed: allowed");
    CommandResult refused = run(operator, "work-item", "transition", item, "Ready");
    assertThat(refused.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(refused.out()).contains("team_lead_approval", "requirement_specification");

    CommandResult unlinked = run(tess, "work-item", "approve", item, "Ready", "team_lead_approval");
    assertThat(unlinked.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(unlinked.out()).contains("tess is linked to no person");
    assertThat(run(operator, "principal", "link", "tess", "--person", "nobody@example.org").err())
        .contains("nobody is known by that alias");
    assertThat(run(operator, "principal", "link", "tess", "--person", "ann@example.org").err())
        .isEmpty();

    Path document = Files.writeString(folder.resolve("wanted.md"), "what is wanted");
    assertThat(
            run(
                    operator,
                    "work-item",
                    "attach",
                    item,
                    "requirement_specification",
                    "--file",
                    document.toString(),
                    "--location",
                    "in the wiki")
                .err())
        .isEmpty();
    assertThat(run(tess, "work-item", "approve", item, "Ready", "team_lead_approval").err())
        .isEmpty();

    String rene = principal("rene", "release_manager");
    String theo = principal("theo", "technical_lead");
    String why = "customers cannot pay, and it was tested by hand";
    CommandResult asked =
        run(rene, "work-item", "override", "request", item, "Ready", "--because", why);
    assertThat(asked.err()).isEmpty();
    String override = asked.out().strip().replaceFirst(".*: ", "");
    assertThat(run(rene, "work-item", "override", "confirm", item, override).code())
        .isEqualTo(CommandLineInterface.FINDING);
    assertThat(run(theo, "work-item", "override", "confirm", item, override).code()).isZero();
    CommandResult granted = run(operator, "work-item", "transition", item, "Ready", "--json");
    assertThat(granted.code()).as(granted.out() + granted.err()).isZero();

    long last = server.json("/api/v1/work-items/" + item + "/next").path("revision").asLong();
    assertThat(last).isPositive();
    ToldServer.until(
        () -> server.json("/api/v1/work-items/" + item + "/gates").path("decisions").size() >= 2);
    JsonNode gates = server.json("/api/v1/work-items/" + item + "/gates");
    assertThat(gates.path("decisions").valueStream().map(one -> one.path("policy").asString()))
        .contains(policy);
    assertThat(
            gates
                .path("facts")
                .valueStream()
                .map(one -> one.path("words").path("text").asString("")))
        .contains("in the wiki", why);

    CommandResult again =
        run(operator, "policy", "simulate", "--policy", "cmmi", "--since", "" + size);
    assertThat(again.out() + again.err())
        .contains("2 transitions: 2 the same, 0 would be blocked, 0 would pass, 0 not re-runnable");
  }

  private String principal(String name, String role) throws IOException {
    CommandResult added = run(operator, "principal", "add", name, "--role", role);
    assertThat(added.err()).isEmpty();
    return Files.writeString(folder.resolve(name + ".token"), added.out()).toString();
  }

  private CommandResult run(String tokenFile, String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--url", server.server().url(), "--token-file", tokenFile));
    return CommandResult.of(all);
  }
}
