package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogVerificationTest {

  private final StoredLog log = new StoredLog(30);
  private final LogReader reader = new JdbcLogReader(log.dataSource());

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void anUntouchedLogIsCleanAndTheReportSaysWhatWasVerified() {
    List<Long> reached = new ArrayList<>();
    Report report = LogVerification.run(reader, (entries, _) -> reached.add(entries));
    assertThat(report.isClean()).isTrue();
    assertThat(report.entries()).isEqualTo(30);
    assertThat(report.firstIndex()).hasValue(0);
    assertThat(report.lastIndex()).hasValue(29);
    assertThat(report.lastHash().orElseThrow().bytes())
        .isEqualTo(reader.head().orElseThrow().entryHash());
    assertThat(reached).containsExactly(30L);
    log.execute("delete from eventlog.entry");
    Report empty = LogVerification.run(reader, Progress.SILENT);
    assertThat(empty.isClean()).isTrue();
    assertThat(empty.lastIndex()).isEmpty();
  }

  @Test
  void oneChangeInAnyColumnIsFoundAtItsIndexAndNowhereElse() {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String bytes : List.of("entry_hash", "entry", "payload", "metadata")) {
      changes.put(bytes, "set_byte(%s, 7, get_byte(%s, 7) # 1)".formatted(bytes, bytes));
    }
    for (String text :
        List.of(
            "aggregate_type",
            "aggregate_id",
            "name",
            "revision",
            "actor",
            "correlation_id",
            "causation_id")) {
      changes.put(text, text + " || 'x'");
    }
    changes.put("sequence", "sequence + 1000");
    changes.put("event_id", "gen_random_uuid()");
    changes.put("occurred_at", "occurred_at + interval '1 microsecond'");
    changes.put("recorded_at", "recorded_at - interval '1 microsecond'");
    log.execute("create table kept as select * from eventlog.entry where index = 17");
    changes.forEach(
        (column, value) -> {
          log.execute(
              "update eventlog.entry set %s = %s where index = 17".formatted(column, value));
          Report report = LogVerification.run(reader, Progress.SILENT);
          assertThat(report.findings()).as(column).isNotEmpty();
          assertThat(report.findings())
              .as(column)
              .allMatch(finding -> finding.index() == 17)
              .anyMatch(finding -> finding.words().contains(column.split("_")[0]));
          log.execute(
              "update eventlog.entry e set %s = k.%s from kept k where e.index = k.index"
                  .formatted(column, column));
          assertThat(LogVerification.run(reader, Progress.SILENT).isClean()).as(column).isTrue();
        });
    assertThat(changes).hasSize(15);
  }

  @Test
  void aRemovedEntryIsFound() {
    log.execute("delete from eventlog.entry where index = 12");
    Report report = LogVerification.run(reader, Progress.SILENT);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("INDEX_GAP");
              assertThat(finding.words()).isEqualTo("entries 12 to 12 are missing");
            });
  }
}
