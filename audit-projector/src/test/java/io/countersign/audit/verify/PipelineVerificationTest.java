package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.auditlog.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the append pipeline links in SQL, the library of the auditor recomputes in Java. */
class PipelineVerificationTest {

  private static final WrittenLog LOG = new WrittenLog();

  @BeforeAll
  static void sixEntriesOfTwoWorkItems() {
    for (long sequence = 0; sequence < 3; sequence++) {
      LOG.append(1, sequence);
      LOG.append(2, sequence);
    }
  }

  @AfterAll
  static void close() {
    LOG.close();
  }

  @Test
  void whatThePipelineWroteIsClean() {
    Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.lastIndex()).hasValue(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payload = set_byte(payload, 3, get_byte(payload, 3) # 1) | PAYLOAD_DIGEST_MISMATCH",
        "metadata = set_byte(metadata, 3, get_byte(metadata, 3) # 1) | METADATA_DIGEST_MISMATCH",
        "entry = set_byte(entry, 80, get_byte(entry, 80) # 1) | HASH_MISMATCH",
        "entry_hash = set_byte(entry_hash, 0, get_byte(entry_hash, 0) # 1) | HASH_MISMATCH",
        "aggregate_type = 'Other' | COLUMN_MISMATCH",
        "aggregate_id = 'workitem:fabrikam:9' | COLUMN_MISMATCH",
        "sequence = 77 | COLUMN_MISMATCH",
        "event_id = gen_random_uuid() | COLUMN_MISMATCH",
        "name = 'workitem.Deleted' | COLUMN_MISMATCH",
        "revision = '2' | COLUMN_MISMATCH",
        "occurred_at = occurred_at + interval '1 microsecond' | COLUMN_MISMATCH",
        "recorded_at = recorded_at - interval '1 microsecond' | COLUMN_MISMATCH",
        "actor = 'principal:mallory' | COLUMN_MISMATCH",
        "correlation_id = 'c-2' | COLUMN_MISMATCH",
        "causation_id = 'm-2' | COLUMN_MISMATCH"
      })
  void aChangeOfAnyColumnIsFoundAtItsIndex(String change, String code) {
    LOG.tamper("create table kept as select * from eventlog.entry where index = 3");
    try {
      LOG.tamper("update eventlog.entry set " + change + " where index = 3");
      assertThat(verify().findings()).isNotEmpty().allMatch(finding -> finding.index() == 3);
      assertThat(verify().findings()).extracting(Finding::code).contains(code.strip());
    } finally {
      LOG.tamper(
          "delete from eventlog.entry where index = 3;"
              + "insert into eventlog.entry select * from kept; drop table kept");
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void aRemovedEntryIsFoundWhereItIsMissing() {
    LOG.tamper("create table kept as select * from eventlog.entry where index = 2");
    LOG.tamper("delete from eventlog.entry where index = 2");
    try {
      assertThat(verify().findings()).contains(new Finding.IndexGap(2, 3));
    } finally {
      LOG.tamper("insert into eventlog.entry select * from kept; drop table kept");
    }
  }

  private static Report verify() {
    return LogVerification.run(LOG.reader(), (_, _) -> {});
  }
}
