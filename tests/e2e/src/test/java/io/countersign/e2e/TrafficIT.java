package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Program;
import io.countersign.e2e.harness.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Realistic traffic against the packaged program, and the check of its ledger. */
class TrafficIT {

  @Test
  void realisticTrafficLeavesACleanLedgerAndAForgedOneDoesNot(@TempDir Path scratch)
      throws Exception {
    Program program = Program.unpacked();
    Path data = scratch.resolve("data");
    Path ledger = scratch.resolve("ledger.jsonl");
    try (var server = RunningServer.start(program, data, scratch.resolve("serve.txt"))) {
      Program.Finished run =
          program.run(
              scratch.resolve("run.txt"),
              "traffic",
              "run",
              "--data",
              data.toString(),
              "--ledger",
              ledger.toString(),
              "--seed",
              "17",
              "--rate",
              "50",
              "--duration",
              "5s",
              "--work-items",
              "24",
              "--bad",
              "5%",
              "--check");

      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output()).contains("CLEAN").doesNotContain("given up");
      assertThat(server.get("/api/v1/inbox/deliveries?status=quarantined").path("items"))
          .as("bad deliveries are among them")
          .isNotEmpty();

      Path forged = scratch.resolve("forged.jsonl");
      Files.write(forged, withoutOneThatWasAcknowledged(ledger));
      Program.Finished check =
          program.run(
              scratch.resolve("check.txt"),
              "traffic",
              "check",
              "--data",
              data.toString(),
              "--patience",
              "1s",
              forged.toString());

      assertThat(check.exit()).as(check.output()).isEqualTo(3);
      assertThat(check.output()).contains("unknown").contains("comes from no delivery");
    }
  }

  /** As if the server had made up what one good notification of a work item told. */
  private static List<String> withoutOneThatWasAcknowledged(Path ledger) throws Exception {
    List<String> lines = Files.readAllLines(ledger);
    String sending =
        lines.stream()
            .filter(line -> line.contains("\"kind\":\"good\",\"type\":\"workitem.created\""))
            .findFirst()
            .orElseThrow();
    String number = sending.replaceFirst(".*(\"n\":\\d+,).*", "$1");
    try (Stream<String> all = lines.stream()) {
      return all.filter(line -> !line.contains(number)).toList();
    }
  }
}
