package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.auditlog.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogVerificationTest {

  private WrittenLog log;

  @BeforeEach
  void sixEntriesOfTwoWorkItems() {
    log = new WrittenLog();
    for (long sequence = 0; sequence < 3; sequence++) {
      log.append(1, sequence);
      log.append(2, sequence);
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void whatThePipelineWroteIsClean() {
    List<Long> progress = new ArrayList<>();
    VerificationReport report = LogVerification.whole(log.reader(), progress::add);
    assertThat(report.isClean()).as("%s", report.findings()).isTrue();
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.lastIndex()).isEqualTo(5);
    assertThat(report.lastHash()).hasSize(64);
    assertThat(progress).containsExactly(6L);
  }

  @Test
  void anEmptyLogIsClean() {
    try (var empty = new WrittenLog()) {
      VerificationReport report = LogVerification.whole(empty.reader(), _ -> {});
      assertThat(report.isClean()).isTrue();
      assertThat(report.entries()).isZero();
      assertThat(report.lastIndex()).isNull();
    }
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
    log.tamper("update eventlog.entry set " + change + " where index = 3");
    VerificationReport report = LogVerification.whole(log.reader(), _ -> {});
    assertThat(report.findings()).isNotEmpty().allMatch(finding -> finding.index() == 3);
    assertThat(report.findings()).extracting(Finding::code).contains(code.strip());
  }

  @Test
  void aRemovedEntryIsFoundWhereItIsMissing() {
    log.tamper("delete from eventlog.entry where index = 2");
    assertThat(LogVerification.whole(log.reader(), _ -> {}).findings())
        .contains(new Finding.IndexGap(2, 3));
  }

  @Test
  void twoEntriesThatChangedPlacesAreFound() {
    log.tamper(
        "update eventlog.entry set index = 99 where index = 2;"
            + "update eventlog.entry set index = 2 where index = 4;"
            + "update eventlog.entry set index = 4 where index = 99");
    assertThat(LogVerification.whole(log.reader(), _ -> {}).findings())
        .extracting(Finding::index)
        .contains(2L, 4L);
  }

  @Test
  void aStretchBeginsAfterAGivenEntryAndEndsAtItsLimit() {
    VerificationReport report = LogVerification.stretch(log.reader(), 2, 3);
    assertThat(report.isClean()).isTrue();
    assertThat(report.entries()).isEqualTo(3);
    assertThat(report.lastIndex()).isEqualTo(4);
  }

  @Test
  void aStretchFindsWhatLiesInIt() {
    log.tamper("update eventlog.entry set actor = 'principal:mallory' where index = 4");
    assertThat(LogVerification.stretch(log.reader(), 0, 4).isClean()).isTrue();
    assertThat(LogVerification.stretch(log.reader(), 3, 100).findings())
        .containsExactly(new Finding.ColumnMismatch(4, Finding.Column.ACTOR));
  }
}
