package io.countersign.command.privacy;

import static io.countersign.command.privacy.RealPrivacy.ANN;
import static io.countersign.command.privacy.RealPrivacy.BEN;
import static io.countersign.command.privacy.RealPrivacy.CLEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.KeyHolder;
import io.countersign.eventlog.encryption.KeyRing.Lookup;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erasure from the request to the certificate, on the real log. */
class ErasingTest {

  private static final String ADA = "user1@example.com";
  private static final String[] ALL = {
    "privacy.ErasureRequested",
    "privacy.ErasureApproved",
    "privacy.ErasureApproved",
    "privacy.ErasureBegun",
    "privacy.SubjectErased",
    "privacy.ErasureCertified"
  };

  @TempDir private Path directory;

  private RealPrivacy privacy;
  private SubjectId ada;

  @BeforeEach
  void start() throws Exception {
    privacy = new RealPrivacy(directory);
    privacy.deliver("workitem.created");
    ada = privacy.subject(ADA);
  }

  @AfterEach
  void stop() {
    privacy.close();
  }

  @Test
  void afterTwoApprovalsKeysAreDestroyedAndItIsCertified() throws Exception {
    long before = privacy.number("select count(*) from eventlog.entry");
    UUID id = privacy.approved(ada);
    privacy.untilOver(id);

    assertThat(privacy.told(ada)).containsExactly(ALL);
    CertificateView view = privacy.erasures.certificate(id);
    ErasureCertificate certificate = view.certificate();
    assertThat(certificate.basis()).isEqualTo(LegalBasis.OBJECTION);
    assertThat(certificate.requestedBy()).isEqualTo(ANN.actor());
    assertThat(certificate.approvedBy()).containsExactly(BEN.actor(), CLEO.actor());
    assertThat(certificate.keys())
        .singleElement()
        .satisfies(key -> assertThat(key.owner()).isEqualTo(ada.keyOwner()))
        .satisfies(
            key ->
                assertThat(privacy.keys.find(key.id())).isEqualTo(new Lookup.Destroyed(key.id())));
    assertThat(certificate.probe().opened()).isZero();
    assertThat(certificate.probe().texts()).isPositive();
    assertThat(certificate.probe().searched()).isGreaterThan(before);
    assertThat(certificate.nodesReached()).isOne();
    assertThat(certificate.entries().stream().map(DecidingEntry::name))
        .containsExactly(java.util.Arrays.copyOf(ALL, 5));
    for (DecidingEntry entry : certificate.entries()) {
      assertThat(privacy.reader.entry(entry.index()).orElseThrow().entryHash())
          .isEqualTo(HexFormat.of().parseHex(entry.hash()));
    }
    assertThat(view.recordedAs().index())
        .isEqualTo(privacy.number("select max(index) from eventlog.entry"));
    assertThat(privacy.erasures.list(true)).isEmpty();
    assertThat(privacy.number("select count(*) from privacy.matter where closed")).isOne();
  }

  @Test
  void anErasureWhoseRowIsHiddenIsNotDoneAndTheLogHasItsApprovals() throws Exception {
    privacy.approved(ada);
    privacy.execute("delete from privacy.matter");
    privacy.loop().lookAtAll();
    assertThat(privacy.told(ada))
        .containsExactly(
            "privacy.ErasureRequested", "privacy.ErasureApproved", "privacy.ErasureApproved");
  }

  @Test
  void oneApprovalIsNotEnoughAndTheRequesterCannotGiveIt() throws Exception {
    UUID id =
        privacy.erasures.request(ada, List.of(), LegalBasis.OBJECTION, "ticket 17", ANN).erasure();
    privacy.erasures.approve(id, BEN);
    privacy.erasures.approve(id, BEN);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> privacy.erasures.approve(id, ANN))
        .satisfies(
            problem -> assertThat(problem.properties()).containsEntry("code", "own-request"));
    privacy.loop().lookAtAll();
    assertThat(privacy.erasures.view(id).says()).isEqualTo("1 of 2 approvals");
    assertThat(
            privacy.number("select count(*) from eventlog.data_key where destroyed_at is not null"))
        .isZero();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> privacy.erasures.certificate(id))
        .withMessageContaining("1 of 2 approvals");
  }

  @Test
  void aLegalHoldBlocksAndItGoesOnWhenTheHoldIsLifted() throws Exception {
    UUID hold = privacy.holds.place(ada, "court file 12", ANN).hold();
    UUID id = privacy.approved(ada);
    privacy.loop().lookAtAll();
    assertThat(privacy.erasures.view(id).state()).isEqualTo("held");
    assertThat(privacy.erasures.view(id).heldBy()).containsExactly(hold);
    assertThat(privacy.told(ada)).doesNotContain("privacy.ErasureBegun");
    assertThat(privacy.holds.standing()).hasSize(1);

    privacy.holds.lift(hold, "settled", BEN);
    assertThat(privacy.holds.standing()).isEmpty();
    privacy.untilOver(id);
    assertThat(privacy.told(ada)).endsWith("privacy.ErasureCertified");
  }

  @Test
  void whereverANodeDiesAnotherGoesOnAndEachStepIsRecordedOnce() throws Exception {
    UUID id = privacy.approved(ada);
    for (int step = 0; step < 8; step++) {
      privacy.loop(new DyingAt(step)).lookAtAll();
    }
    privacy.untilOver(id);
    assertThat(privacy.told(ada)).containsExactly(ALL);
    assertThat(privacy.erasures.certificate(id).certificate().keys()).hasSize(1);
  }

  @Test
  void aNodeThatHasNotDroppedTheKeysHoldsTheCertificateUp() throws Exception {
    try (var otherKeys = otherKeys();
        var other =
            new KeyHolder(privacy.database, otherKeys, Clock.systemUTC(), UUID.randomUUID())) {
      announceOnce(other);
      UUID id = privacy.approved(ada);
      RealPrivacy.await(
          () -> {
            privacy.loop().lookAtAll();
            return privacy.erasures.view(id).says().startsWith("erased; 1 node(s)");
          });
      privacy.loop().lookAtAll();
      assertThat(privacy.told(ada)).endsWith("privacy.SubjectErased");

      announceOnce(other);
      privacy.untilOver(id);
      assertThat(privacy.erasures.certificate(id).certificate().nodesReached()).isEqualTo(2);
    }
  }

  @Test
  void whatCanStillBeOpenedIsNotCertified() throws Exception {
    privacy.execute("create table kept as select id, wrapped from eventlog.data_key");
    UUID id = privacy.approved(ada);
    Destroyer withBackup =
        new DyingAt(Integer.MAX_VALUE) {
          @Override
          public List<DestroyedKey> destroyed(KeyOwner owner) {
            List<DestroyedKey> destroyed = super.destroyed(owner);
            privacy.execute(
                "update eventlog.data_key d set wrapped = k.wrapped, destroyed_at = null"
                    + " from kept k where k.id = d.id");
            return destroyed;
          }
        };
    privacy.loop(withBackup).lookAtAll();
    awaitNodes(id);
    privacy.loop().lookAtAll();
    assertThat(privacy.told(ada)).endsWith("privacy.SubjectErased");

    privacy.keys.destroy(ada.keyOwner());
    privacy.untilOver(id);
  }

  @Test
  void oneThatFailsIsTriedAgainAfterAPauseAndAtOnceAfterADecision() throws Exception {
    UUID id = privacy.approved(ada);
    ErasureLoop loop = privacy.loop(new DyingAt(0));
    loop.lookAtAll();
    loop.lookAtAll();
    assertThat(privacy.told(ada)).as("not yet").endsWith("privacy.ErasureBegun");
    loop.wake();
    loop.lookAtAll();
    assertThat(privacy.told(ada)).contains("privacy.SubjectErased");
    privacy.untilOver(id);
  }

  private void awaitNodes(UUID id) {
    RealPrivacy.await(() -> privacy.erasures.view(id).says().contains("is searched"));
  }

  private JdbcKeyRing otherKeys() {
    var random = new SecureRandom();
    var master =
        new MasterKeyFile(directory.resolve("master.key"))
            .open(privacy.dataSource, Clock.systemUTC(), random);
    return new JdbcKeyRing(privacy.database, master, Clock.systemUTC(), random);
  }

  private static void announceOnce(KeyHolder holder) throws Exception {
    holder.look();
  }

  /** Throws before its step; what it did before is done, as when the process is killed there. */
  private class DyingAt implements Destroyer {

    private final Destroyer real = new KeyRingDestroyer(privacy.keys, privacy.directory);
    private int left;

    DyingAt(int left) {
      this.left = left;
    }

    private void live() {
      if (left-- == 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void forget(SubjectId subject) throws Exception {
      live();
      real.forget(subject);
      live();
    }

    @Override
    public void destroy(KeyOwner owner) {
      live();
      real.destroy(owner);
      live();
    }

    @Override
    public List<DestroyedKey> destroyed(KeyOwner owner) {
      live();
      return real.destroyed(owner);
    }

    @Override
    public long destructions() {
      live();
      return real.destructions();
    }
  }
}
