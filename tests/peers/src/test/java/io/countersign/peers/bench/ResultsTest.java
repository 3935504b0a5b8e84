package io.countersign.peers.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  private static Row row(Contestant contestant, String load, int round, double rate, double gone) {
    return new Row(contestant, load, round, Map.of("durable/s", rate, "missing", gone));
  }

  @Test
  void theMiddleOfAllRoundsIsTold() {
    var rows =
        List.of(
            row(Contestant.OPERATON, "8 senders", 1, 300, 0),
            row(Contestant.OPERATON, "8 senders", 2, 900, 0),
            row(Contestant.OPERATON, "8 senders", 3, 400, 0),
            row(Contestant.COUNTERSIGN, "8 senders", 1, 2_000, 0));

    assertThat(Row.medians(rows, Contestant.OPERATON, "8 senders").get("durable/s")).isEqualTo(400);
    assertThat(Row.medians(rows, Contestant.OPERATON, "32 senders").get("durable/s")).isNaN();
    assertThat(PathTable.lines(Plan.SHORT, rows))
        .anyMatch(line -> line.matches(" +8 operaton +400 +5\\.0x .*"));
  }

  @Test
  void whatWasAcknowledgedAndIsMissingIsAViolation(@TempDir Path directory) throws Exception {
    var results = new Results(directory);
    results.add(row(Contestant.COUNTERSIGN, "kill -9", 1, 1, 0));
    assertThat(results.violations()).isEmpty();

    results.add(row(Contestant.AXON_JPA, "kill -9", 1, 1, 2));
    assertThat(results.violations())
        .containsExactly("axon + jpa, kill -9: 2 acknowledged and missing");
    assertThat(Files.readAllLines(directory.resolve("path.jsonl"))).hasSize(2);
  }
}
