package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Projections from the command line, on a real server. */
class ProjectionsCommandTest {

  private static final String PROJECTIONS = "projections";

  private final TestServer server = TestServer.shared();

  private record Result(int code, String out, String err) {}

  private Result run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(
        List.of(
            "--url",
            server.server().url(),
            "--token-file",
            server.directory().operatorToken().path().toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(
            new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                server.databaseUrl(), server.databaseUser(), server.databasePassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void statusShowsEveryProjection() {
    Result all = run(PROJECTIONS, "status");
    assertThat(all.err()).isEmpty();
    assertThat(all.out()).contains("PROJECTION", "LAG", "work-items", "gates", "escalations");
    Result one = run(PROJECTIONS, "status", "gates", "--json");
    JsonNode items = ApiClient.JSON.readTree(one.out()).path("items");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("name").asString()).isEqualTo("gates-v1");
    assertThat(run(PROJECTIONS, "status", "nothing"))
        .isEqualTo(new Result(1, "", "countersign: there is no projection nothing\n"));
  }

  @Test
  void verifyingWaitsAndShowsWhatItFound() throws Exception {
    Result equal = run(PROJECTIONS, "verify", "escalations", "--reason", "a test");
    assertThat(equal.err()).isEmpty();
    assertThat(equal.out()).contains("escalation_step", "equal to a replay of the log");
    assertThat(equal.code()).isZero();

    execute(
        "insert into rm_escalation_v1.escalation_step (escalation, entry_index, last_index)"
            + " values ('00000000-0000-0000-0000-000000000001', 0, 0)");
    try {
      Result diverged = run(PROJECTIONS, "verify", "escalations", "--reason", "a test");
      assertThat(diverged.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(diverged.out())
          .contains(
              "escalation_step [00000000-0000-0000-0000-000000000001, 0] is not in the replay",
              "DIVERGED");
    } finally {
      execute(
          "delete from rm_escalation_v1.escalation_step"
              + " where escalation = '00000000-0000-0000-0000-000000000001'");
    }
  }

  @Test
  void anOperationIsAskedForOnceListedAndCanceled() {
    String id = UUID.randomUUID().toString();
    String[] ask = {
      PROJECTIONS, "verify", "projects", "--reason", "twice", "--request-id", id, "--no-wait"
    };
    assertThat(run(ask)).isEqualTo(new Result(0, id + "\n", ""));
    assertThat(run(ask)).isEqualTo(new Result(0, id + "\n", ""));
    assertThat(run(PROJECTIONS, "operations", "projects", "--limit", "1").out())
        .contains(id, "verify", "principal:operator");
    assertThat(run(PROJECTIONS, "cancel", id, "--reason", "not needed").code()).isZero();
    assertThat(run(PROJECTIONS, "operations", "none").out()).isEqualTo("no operation\n");
  }

  @Test
  void aProjectionIsRebuiltSwitchedBackAndWhatIsNotReadRemoved() {
    Result rebuilt = run(PROJECTIONS, "rebuild", "gates", "--reason", "a test");
    assertThat(rebuilt.err()).doesNotContain("countersign:");
    assertThat(rebuilt.out())
        .isEqualTo(
            "queries read generation 2 of version 1; generation 1 of version 1 is kept%n"
                .formatted());
    assertThat(run(PROJECTIONS, "status", "gates").out()).contains("live", "kept", "GEN");
    assertThat(run(PROJECTIONS, "rollback", "gates", "--reason", "a test").out())
        .startsWith("queries read generation 1 of version 1; generation 2");
    Result read = run(PROJECTIONS, "drop", "gates", "--generation", "1", "--reason", "a test");
    assertThat(read)
        .isEqualTo(
            new Result(1, "", "countersign: drop of gates was not done: queries read gates-v1\n"));
    assertThat(run(PROJECTIONS, "drop", "gates", "--generation", "2", "--reason", "a test").out())
        .startsWith("generation 2 is removed");
  }

  @Test
  void streamsAreRebuiltByStatementsProvenAndListed() {
    assertThat(run(PROJECTIONS, "rebuild", "streams", "--reason", "a test").out())
        .startsWith("queries read generation 2 of version 1");
    assertThat(run(PROJECTIONS, "verify", "streams", "--reason", "a test").out())
        .contains("equal to a replay of the log");
    Result listed = run("log", "streams", "--prefix", "projection:streams", "--json");
    JsonNode stream = ApiClient.JSON.readTree(listed.out()).path("items").path(0);
    assertThat(stream.path("type").asString()).isEqualTo("projection");
    assertThat(stream.path("lastIndex").asLong()).isGreaterThan(stream.path("firstIndex").asLong());
    run(PROJECTIONS, "drop", "streams", "--generation", "1", "--reason", "a test");
  }

  @Test
  void aProjectionIsPausedAndItsPartsAreChanged() {
    assertThat(run(PROJECTIONS, "pause", "policies", "--reason", "a test").out())
        .startsWith("paused");
    assertThat(run(PROJECTIONS, "status", "policies").out()).contains("paused");
    assertThat(run(PROJECTIONS, "resume", "policies", "--reason", "a test").out())
        .startsWith("resumed");
    assertThat(
            run(PROJECTIONS, "segments", "split", "policies", "--segment", "3", "--reason", "x")
                .out())
        .contains("SEGMENT", "1/8", "1/4");
    assertThat(
            run(PROJECTIONS, "segments", "merge", "policies", "--segment", "3", "--reason", "x")
                .out())
        .doesNotContain("1/8");
    assertThat(run(PROJECTIONS, "segments").code()).isEqualTo(2);
  }

  @Test
  void partsAreListedWithTheirNodesAndLetGo() {
    Result listed = run(PROJECTIONS, "segments", "list", "resources");
    assertThat(listed.err()).isEmpty();
    assertThat(listed.code()).isZero();
    assertThat(listed.out().lines()).hasSize(5);
    assertThat(listed.out()).contains("SEGMENT", "NODE", "1/4", "running", "@");
    JsonNode parts =
        ApiClient.JSON
            .readTree(run(PROJECTIONS, "segments", "list", "resources", "--json").out())
            .path("items")
            .path(0)
            .path("segments");
    assertThat(parts).extracting(one -> one.path("mask").asInt()).containsOnly(3).hasSize(4);
    assertThat(run(PROJECTIONS, "segments", "list", "nothing").err())
        .isEqualTo("countersign: there is no projection nothing\n");
    assertThat(run(PROJECTIONS, "status", "resources").out()).contains("NODES");

    Result released = run(PROJECTIONS, "segments", "release", "resources", "2", "--reason", "x");
    assertThat(released.out())
        .isEqualTo("node %s let go of part 2\n".formatted(parts.path(2).path("node").asString()));
    assertThat(run(PROJECTIONS, "segments", "release", "resources", "2").code())
        .as("a reason is required")
        .isEqualTo(CommandLineInterface.USAGE);
    assertThat(run(PROJECTIONS, "segments", "release", "resources", "--reason", "x").code())
        .as("a part is required")
        .isEqualTo(CommandLineInterface.USAGE);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(run(PROJECTIONS, "verify", "work-items").code())
        .as("a reason is required")
        .isEqualTo(CommandLineInterface.USAGE);
    assertThat(run(PROJECTIONS, "verify", "nothing", "--reason", "x").err())
        .contains("There is no such projection; there are work-items");
    assertThat(run(PROJECTIONS, "cancel", UUID.randomUUID().toString(), "--reason", "x").err())
        .contains("There is no such operation (404)");
    var err = new StringWriter();
    assertThat(
            CommandLineInterface.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err, true), PROJECTIONS))
        .isEqualTo(CommandLineInterface.USAGE);
    assertThat(err.toString()).contains("operations or cancel?");
  }
}
