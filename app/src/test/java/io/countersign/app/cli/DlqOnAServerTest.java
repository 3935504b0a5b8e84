package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A night with a poisoned event, on a real server: from the parking to the proof that all is well.
 */
class DlqOnAServerTest {

  private static final String DLQ = "dlq";

  private final TestServer server = TestServer.shared();

  private CommandResult run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(
        List.of(
            "--url",
            server.server().url(),
            "--token-file",
            server.directory().operatorToken().path().toString()));
    return CommandResult.of(all);
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                server.databaseUrl(), server.databaseUser(), server.databasePassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void eventually(BooleanSupplier holds) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("it did not come true").isBefore(deadline);
      Thread.sleep(50);
    }
  }

  private JsonNode waiting() {
    return run(DLQ, "list", "escalations", "--json").json().path("items").path(0);
  }

  @Test
  void whatCannotBeTakenWaitsIsShownCallsSomebodyAndIsTriedAgain() throws Exception {
    execute(
        "alter table rm_escalation_v1.escalation add constraint no_business check (category <> 'business')");
    String raised =
        run("escalation", "raise", "--category", "business", "--severity", "low", "--text", "x")
            .out()
            .strip();
    eventually(() -> !waiting().isMissingNode());
    assertThat(run("escalation", "ack", raised).code()).isZero();
    eventually(() -> waiting().path("letters").asInt() >= 2);

    CommandResult list = run(DLQ, "list");
    assertThat(list.out()).contains(raised, "escalation.Raised", "sqlstate-23514");
    String seq = waiting().path("id").asString();
    CommandResult shown = run(DLQ, "show", seq);
    assertThat(shown.out())
        .contains(
            "escalation.Acknowledged", "constraint no_business", "RowsRefusedException\n  at ");
    CommandResult status = run("projections", "status", "escalations");
    assertThat(status.code()).as("all others go on").isZero();
    assertThat(status.out()).contains("DEAD LETTERS", "2 (sequences: 1)");
    CommandResult parked = run("projections", "verify", "escalations", "--reason", "at night");
    assertThat(parked.out())
        .contains("parked    sequences with dead letters: 1,")
        .endsWith("log\n");
    CommandResult early = run(DLQ, "retry", seq, "--reason", "hope");
    assertThat(early.code()).isEqualTo(CommandLineInterface.FINDING);
    eventually(() -> run("escalation", "list").out().contains("sequence-parked"));

    execute("alter table rm_escalation_v1.escalation drop constraint no_business");
    CommandResult all = run(DLQ, "retry-all", "--reason", "constraint removed");
    assertThat(all.err()).isEmpty();
    assertThat(all.code()).isZero();
    assertThat(run(DLQ, "list")).isEqualTo(new CommandResult(0, "nothing waits\n", ""));
    CommandResult verified = run("projections", "verify", "escalations", "--reason", "after it");
    assertThat(verified.out()).endsWith("verdict   equal to a replay of the log\n");
    CommandResult log = run("log", "scan", "--aggregate", "dead-letters:escalations");
    assertThat(log.out())
        .contains("projection.SequenceParked", "projection.DeadLettersRetried")
        .hasLineCount(3);
    assertThat(run(DLQ, "evict", seq, "--reason", "too late").err())
        .contains("There is no such parked sequence");
    assertThat(run(DLQ, "retry", UUID.randomUUID().toString(), "--reason", "x").code()).isOne();
  }
}
