package io.countersign.command.privacy;

import static io.countersign.command.privacy.RealPrivacy.ANN;
import static io.countersign.command.privacy.RealPrivacy.BEN;
import static io.countersign.command.privacy.RealPrivacy.CLEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.EntryCodec;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.eventlog.serialization.SealedTexts;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purge from the request to the certificate, on the real log. */
class PurgingTest {

  @TempDir private Path directory;

  private RealPrivacy privacy;
  private StoredEntry comment;

  @BeforeEach
  void start() throws Exception {
    privacy = new RealPrivacy(directory);
    privacy.deliver("workitem.created");
    privacy.deliver("workitem.commented");
    comment = named("workitem.Commented").getFirst();
  }

  @AfterEach
  void stop() {
    privacy.close();
  }

  @Test
  void afterTwoApprovalsTheTextIsGoneAndItIsCertified() throws Exception {
    String sealed = sealed(comment);
    assertThat(privacy.cipher.open(text(comment))).hasToString("Text[...]");
    UUID id = approved();
    privacy.loop().lookAtAll();

    StoredEntry now = privacy.reader.entry(comment.index()).orElseThrow();
    assertThat(payload(now)).doesNotContain(sealed).contains("\"sealed\":\"\"");
    assertThat(SealedTexts.in(now.payload()))
        .extracting(SealedText::purpose)
        .doesNotContain(Purpose.CONTENT);
    assertThat(now.entry()).isEqualTo(comment.entry());
    assertThat(now.entryHash()).isEqualTo(comment.entryHash());
    PurgeCertificateView view = privacy.purges.certificate(id);
    assertThat(view.certificate().entries().stream().map(DecidingEntry::name))
        .containsExactly(
            "privacy.PurgeRequested",
            "privacy.PurgeApproved",
            "privacy.PurgeApproved",
            "privacy.PayloadPurged");
    assertThat(view.certificate().purged())
        .singleElement()
        .satisfies(one -> assertThat(one.index()).isEqualTo(comment.index()))
        .satisfies(
            one ->
                assertThat(one.digest())
                    .isEqualTo(ContentDigest.of(comment.payload()).hex())
                    .isEqualTo(EntryCodec.decode(now.entry()).payloadDigest().hex()));
    assertThat(view.recordedAs().name()).isEqualTo("privacy.PurgeCertified");
    assertThat(privacy.purges.list(true)).isEmpty();
    for (StoredEntry entry : all()) {
      assertThat(payload(entry)).as(entry.name()).doesNotContain(sealed);
    }
  }

  /** What was recorded decides what comes again; a purge must not make the log forget it. */
  @Test
  void theSameCommentToldAgainIsStillKnown() throws Exception {
    approved();
    privacy.loop().lookAtAll();
    privacy.deliver("workitem.commented");
    assertThat(named("workitem.Commented")).hasSize(1);
  }

  @Test
  void oneApprovalIsNotEnough() throws Exception {
    UUID id = asked();
    privacy.purges.approve(id, BEN);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> privacy.purges.approve(id, ANN))
        .withMessageContaining("two others have to");
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).says()).isEqualTo("1 of 2 approvals");
    assertThat(stored()).isEqualTo(comment.payload());
  }

  @Test
  void aNodeThatDiesAfterTheRecordAndBeforeTheRemovalIsMadeUpFor() throws Exception {
    UUID id = approved();
    privacy
        .loop(
            by -> {
              throw new IllegalStateException("killed");
            })
        .lookAtAll();
    assertThat(named("privacy.PayloadPurged")).hasSize(1);
    assertThat(stored()).as("still there").isEqualTo(comment.payload());
    assertThat(privacy.purges.view(id).state()).isEqualTo("begun");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> privacy.purges.certificate(id))
        .withMessageContaining("the text is being removed");

    privacy.loop(by -> privacy.payloads.purge(by) && failed()).lookAtAll();
    assertThat(payload(comment.index())).doesNotContain(sealed(comment));
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("certified");
    assertThat(named("privacy.PayloadPurged")).hasSize(1);
  }

  @Test
  void itIsNotCertifiedWhileThePayloadIsThere() throws Exception {
    UUID id = approved();
    privacy.loop(by -> true).lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("begun");
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("certified");
  }

  @Test
  void aLegalHoldOnSomebodyTheEntryNamesBlocksIt() throws Exception {
    SubjectId author = author();
    UUID hold = privacy.holds.place(author, "court file 12", ANN).hold();
    UUID id = approved();
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("held");
    assertThat(privacy.purges.view(id).heldBy()).containsExactly(hold);
    assertThat(stored()).isEqualTo(comment.payload());
    privacy.holds.lift(hold, "settled", BEN);
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("certified");
  }

  @Test
  void whatCarriesMoreThanTextOrIsNotThereIsRefusedInWords() throws Exception {
    refused(named("workitem.Registered").getFirst().index(), "erase the owner");
    UUID id = approved();
    privacy.loop().lookAtAll();
    assertThat(privacy.purges.view(id).state()).isEqualTo("certified");
    refused(named("privacy.PayloadPurged").getFirst().index(), "what the log says about itself");
    refused(comment.index(), "it was purged, or changed");
    refused(9_999, "the log has no entry 9999");
    assertThat(privacy.purges.list(false)).hasSize(1);
  }

  private void refused(long index, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                privacy.purges.request(
                    List.of(index), List.of(), LegalBasis.UNLAWFUL, "ticket", ANN))
        .withMessageContaining(why);
  }

  private UUID asked() throws Exception {
    return privacy
        .purges
        .request(List.of(comment.index()), List.of(), LegalBasis.UNLAWFUL, "ticket 18", ANN)
        .purge();
  }

  private UUID approved() throws Exception {
    UUID id = asked();
    privacy.purges.approve(id, BEN);
    privacy.purges.approve(id, CLEO);
    return id;
  }

  private static boolean failed() {
    throw new IllegalStateException("killed");
  }

  private SubjectId author() {
    return SealedTexts.in(comment.payload()).stream()
        .map(SealedText::owner)
        .map(KeyOwner::value)
        .filter(owner -> owner.startsWith("person:"))
        .map(owner -> new SubjectId(UUID.fromString(owner.substring(7))))
        .findFirst()
        .orElseThrow();
  }

  private List<StoredEntry> named(String name) {
    return privacy.reader.page(0, 100, new LogReader.Filter(Optional.empty(), Optional.of(name)));
  }

  private List<StoredEntry> all() {
    return privacy.reader.page(0, 1_000, LogReader.Filter.ALL);
  }

  private byte[] stored() {
    return privacy.reader.entry(comment.index()).orElseThrow().payload();
  }

  private String payload(long index) {
    return payload(privacy.reader.entry(index).orElseThrow());
  }

  private static String payload(StoredEntry entry) {
    return new String(entry.payload(), StandardCharsets.UTF_8);
  }

  private static SealedText text(StoredEntry entry) {
    return SealedTexts.in(entry.payload()).stream()
        .filter(text -> text.purpose() == Purpose.CONTENT)
        .findFirst()
        .orElseThrow();
  }

  private static String sealed(StoredEntry entry) {
    return java.util.Objects.requireNonNull(text(entry).envelope()).sealed();
  }
}
