package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.seal.SealingHaltedException;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.verdict.EntryVerdict;
import io.countersign.auditlog.verdict.Verdict;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge is no finding; whatever looks like one and is not what the log says is. */
class PurgeVerdictTest {

  @TempDir private Path scratch;
  private PurgedLog log;
  private Path sealed;

  @BeforeEach
  void write() throws Exception {
    log = new PurgedLog();
    sealed = log.seal(scratch.resolve("sealed"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aPurgedPayloadIsNoFindingAndTheEntryThatSaysSoIsNamed() throws Exception {
    log.replace(PurgedLog.COMMENT, PurgedLog.LEFT);
    AuditReport report = audit();
    assertThat(report.outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.findings()).isEmpty();
    assertThat(report.summary().count(Verdict.PURGED)).isOne();
    assertThat(report.summary().erasedBy()).containsEntry((long) PurgedLog.BY, 1L);
    assertThat(report.stored().notYetPurged()).doesNotContainKey((long) PurgedLog.COMMENT);
    assertThat(LogVerification.run(log.reader(), Progress.SILENT).findings()).isEmpty();
  }

  @Test
  void whatIsToBePurgedAndIsStillThereIsToldAndIsNoFinding() throws Exception {
    AuditReport report = audit();
    assertThat(report.outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.summary().count(Verdict.PURGED)).isZero();
    assertThat(report.stored().notYetPurged())
        .containsEntry((long) PurgedLog.COMMENT, (long) PurgedLog.BY);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        PurgedLog.OTHER_COMMENT,
        PurgedLog.OTHER_DIGEST,
        PurgedLog.NO_TEXT,
        PurgedLog.ONE_APPROVAL
      })
  void aPayloadThatIsReplacedWithoutALawfulPurgeIsTampered(int index) throws Exception {
    log.replace(index, PurgedLog.LEFT);
    expectTampered(index);
  }

  @ParameterizedTest
  @ValueSource(ints = {PurgedLog.COMMENT, PurgedLog.OTHER_COMMENT})
  void anEmptyPayloadIsTampered(int index) throws Exception {
    log.replace(index, "");
    expectTampered(index);
  }

  @Test
  void whatIsLeftIsComparedByteForByte() throws Exception {
    log.replace(PurgedLog.COMMENT, PurgedLog.LEFT + " ");
    expectTampered(PurgedLog.COMMENT);
  }

  @Test
  void aPurgeIsNotExplainedByAnEntryThatWasChangedToSaySo() throws Exception {
    log.replace(PurgedLog.COMMENT, PurgedLog.LEFT.replace("}}", "},\"n\":1}"));
    log.replace(
        PurgedLog.BY,
        new String(
                log.reader().entry(PurgedLog.BY).orElseThrow().payload(),
                java.nio.charset.StandardCharsets.UTF_8)
            .replace("}}\"", "},\\\"n\\\":1}\""));
    assertThat(audit().summary().count(Verdict.TAMPERED)).isEqualTo(2);
  }

  /** Whoever verifies for an hour reads payloads long after he asked what was purged. */
  @Test
  void aPurgeThatIsRecordedMeanwhileIsNoFinding() throws Exception {
    log.replace(PurgedLog.COMMENT, PurgedLog.LEFT);
    var asked = new AtomicInteger();
    AuditReport report =
        log.audit(
            sealed,
            () -> asked.getAndIncrement() == 0 ? Erasures.NONE : RecordedErasures.in(log.reader()));
    assertThat(report.findings()).isEmpty();
    assertThat(report.summary().count(Verdict.PURGED)).isOne();
  }

  @Test
  void whatWasPurgedBeforeItWasSealedIsSealed() throws Exception {
    log.replace(PurgedLog.COMMENT, PurgedLog.LEFT);
    Path later = log.seal(scratch.resolve("later"));
    assertThat(log.audit(later, () -> RecordedErasures.in(log.reader())).outcome())
        .isEqualTo(Outcome.SOUND);
    log.replace(PurgedLog.OTHER_COMMENT, PurgedLog.LEFT);
    assertThatThrownBy(() -> log.seal(scratch.resolve("never")))
        .isInstanceOf(SealingHaltedException.class);
  }

  private AuditReport audit() throws Exception {
    return log.audit(sealed, () -> RecordedErasures.in(log.reader()));
  }

  private void expectTampered(int index) throws Exception {
    AuditReport report = audit();
    assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(report.summary().against())
        .containsExactly(new EntryVerdict(index, index, Verdict.TAMPERED, "payload"));
    assertThat(report.summary().count(Verdict.PURGED)).isZero();
    assertThat(LogVerification.run(log.reader(), Progress.SILENT).findings())
        .containsExactly(new Finding.PayloadDigestMismatch(index));
  }
}
