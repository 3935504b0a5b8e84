package io.countersign.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.headmap.EvidenceOf;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.verify.Outcome;
import io.countersign.audit.verify.PurgedLog;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.encryption.KeyStates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence about entries whose text was purged: the entry that says so goes along. */
class PurgedBundleTest {

  @TempDir private Path scratch;

  @Test
  void aPurgedEntryIsToldAsSuchAndAnyOtherPayloadIsTampered() throws Exception {
    try (var log = new PurgedLog()) {
      Path sealed = log.seal(scratch.resolve("sealed"));
      log.replace(PurgedLog.COMMENT, PurgedLog.LEFT);
      BundleReport report = verify(log, bundle(log, sealed, "purged.zip"));
      assertThat(report.report().findings()).isEmpty();
      assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
      assertThat(report.report().summary().count(Verdict.PURGED)).isOne();
      assertThat(report.report().summary().erasedBy()).containsEntry((long) PurgedLog.BY, 1L);

      log.replace(PurgedLog.OTHER_COMMENT, PurgedLog.LEFT);
      report = verify(log, bundle(log, sealed, "tampered.zip"));
      assertThat(report.report().outcome()).isEqualTo(Outcome.CHANGED);
      assertThat(report.report().summary().against())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.first()).isEqualTo(PurgedLog.OTHER_COMMENT);
                assertThat(entry.verdict()).isEqualTo(Verdict.TAMPERED);
                assertThat(entry.detail()).isEqualTo("payload");
              });
    }
  }

  private static BundleReport verify(PurgedLog log, Path zip) throws Exception {
    return BundleVerifier.verify(zip, log.trust(), null, Outsiders.NONE);
  }

  private Path bundle(PurgedLog log, Path sealed, String name) throws Exception {
    var writer =
        new BundleWriter(
            log.reader(),
            new PublishedLog(sealed),
            EvidenceOf.database(log.dataSource()),
            new ErasureStatement.Source(
                new KeyStates(log.dataSource()), () -> RecordedErasures.in(log.reader())));
    Path zip = scratch.resolve(name);
    try (var out = Files.newOutputStream(zip)) {
      writer.write(new BundleRequest(null, 0, 10, null), out);
    }
    return zip;
  }
}
