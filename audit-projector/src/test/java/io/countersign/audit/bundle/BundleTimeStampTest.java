package io.countersign.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.headmap.EvidenceOf;
import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.timestamp.LocalAuthority;
import io.countersign.audit.timestamp.TimeStampClient;
import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.audit.verify.Outcome;
import io.countersign.audit.verify.Problem;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.audit.verify.SealedLog;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles with time-stamps of an authority: two, over 100 entries and over all that are sealed. */
class BundleTimeStampTest {

  private static final String EARLY = "log/anchors/100-tsa.tsr";
  private static final String LATE = "log/anchors/280-tsa.tsr";

  @TempDir private static Path scratch;

  private static LocalAuthority authority;
  private static SealedLog log;
  private static Path zip;

  @BeforeAll
  static void write() throws Exception {
    authority = new LocalAuthority();
    log = new SealedLog(scratch);
    Path sealed = scratch.resolve("sealed");
    Path anchors = Files.createDirectories(sealed.resolve("anchors"));
    try (var http = new BoundedHttp(Duration.ofSeconds(30), 100_000)) {
      var client =
          new TimeStampClient(http, authority.address(), trusting(authority), new SecureRandom());
      byte[] newest = Files.readAllBytes(sealed.resolve("checkpoint"));
      Files.write(anchors.resolve("100-tsa.checkpoint"), log.kept());
      Files.write(anchors.resolve("100-tsa.tsr"), client.stamp(log.kept()));
      Files.write(anchors.resolve("280-tsa.checkpoint"), newest);
      Files.write(anchors.resolve("280-tsa.tsr"), client.stamp(newest));
    }
    var reader = new JdbcLogReader(log.dataSource());
    zip = scratch.resolve("bundle.zip");
    try (var out = Files.newOutputStream(zip)) {
      new BundleWriter(
              reader,
              new PublishedLog(sealed),
              EvidenceOf.database(log.dataSource()),
              new ErasureStatement.Source(
                  new KeyStates(log.dataSource()), () -> RecordedErasures.in(reader)))
          .write(new BundleRequest(null, 0, 5, null), out);
    }
  }

  @AfterAll
  static void close() {
    log.close();
    authority.close();
  }

  @Test
  void timeStampsOfATrustedAuthorityAreFacts() throws Exception {
    BundleReport report = verify(zip, trusting(authority));
    assertThat(report.report().problems()).isEmpty();
    assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.facts())
        .anyMatch(fact -> fact.matches("time-stamped 20\\S+Z by CN=tsa over 100 entries"))
        .anyMatch(fact -> fact.matches("time-stamped 20\\S+Z by CN=tsa over 280 entries"));
    assertThat(report.notChecked())
        .anyMatch(what -> what.contains("revoked"))
        .noneMatch(what -> what.contains("who signed"));
  }

  @Test
  void withoutCertificatesNothingIsSaidAboutTimesAndThatIsSaid() throws Exception {
    BundleReport report = verify(zip, null);
    assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.facts()).noneMatch(fact -> fact.startsWith("time-stamped"));
    assertThat(report.notChecked()).anyMatch(what -> what.contains("who signed the time-stamps"));
  }

  @Test
  void timeStampsOfSomebodyElseAreFindings() throws Exception {
    try (var stranger = new LocalAuthority()) {
      BundleReport report = verify(zip, trusting(stranger));
      assertThat(report.report().outcome()).isEqualTo(Outcome.CHANGED);
      assertThat(refusals(report))
          .hasSize(2)
          .allMatch(words -> words.contains("no trusted certificate vouches"));
      assertThat(report.facts()).noneMatch(fact -> fact.startsWith("time-stamped"));
    }
  }

  @Test
  void timeStampsThatWereSwappedAreFindings() throws Exception {
    var files = new Rezipped(zip);
    byte[] early = files.files().get(EARLY);
    files.files().put(EARLY, files.files().get(LATE));
    files.files().put(LATE, early);
    BundleReport report =
        verify(files.write(scratch.resolve("swapped.zip"), true), trusting(authority));
    assertThat(report.report().outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(refusals(report))
        .hasSize(2)
        .allMatch(words -> words.contains("the time-stamp is over other bytes"));
  }

  /** The digest alone would not show it. */
  @Test
  void aTimeStampWithABrokenSignatureIsAFindingOnlyWithCertificates() throws Exception {
    var files = new Rezipped(zip);
    files.flip(EARLY, files.files().get(EARLY).length - 3);
    Path forged = files.write(scratch.resolve("forged.zip"), true);
    assertThat(verify(forged, null).report().outcome()).isEqualTo(Outcome.SOUND);
    BundleReport report = verify(forged, trusting(authority));
    assertThat(refusals(report))
        .singleElement()
        .asString()
        .contains("100-tsa.tsr", "the signature is not of the certificate");
    assertThat(report.facts()).anyMatch(fact -> fact.endsWith("over 280 entries"));
  }

  /** Truly stamped by the authority, and yet it says nothing about this log. */
  @Test
  void aTimeStampOverWhatIsNotOfThisLogIsNoFact() throws Exception {
    var files = new Rezipped(zip);
    files.files().put("log/anchors/280-tsa.checkpoint", log.kept());
    files.files().put(LATE, files.files().get(EARLY));
    BundleReport report =
        verify(files.write(scratch.resolve("other.zip"), true), trusting(authority));
    assertThat(refusals(report)).singleElement().asString().contains("280-tsa.checkpoint");
    assertThat(report.facts()).noneMatch(fact -> fact.endsWith("over 280 entries"));
  }

  private static List<String> refusals(BundleReport report) {
    return report.report().problems().stream()
        .filter(problem -> problem.code() == Problem.Code.ANCHOR_REFUSED)
        .map(Problem::words)
        .toList();
  }

  private static TimeStampVerifier trusting(LocalAuthority whom) {
    return new TimeStampVerifier(List.of(whom.root()));
  }

  private static BundleReport verify(Path bundle, @Nullable TimeStampVerifier authorities)
      throws Exception {
    var key = new NoteVerifier(List.of(log.signer().verifierKey()));
    return BundleVerifier.verify(
        bundle,
        note -> key.checkpoint(note, SealedLog.ORIGIN),
        null,
        new Outsiders(authorities, null));
  }
}
