package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.witness.SampleLog;
import io.countersign.audit.witness.Witness;
import io.countersign.audit.witness.WitnessServer;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.policy.TrustPolicy;
import io.countersign.auditlog.witness.AddCheckpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two witnesses, one of which was shown another history. */
class WitnessAnchorTest {

  private static final NoteSigner ANN =
      SampleLog.signer("witness.example/ann", SignatureType.COSIGNATURE_ED25519);
  private static final NoteSigner BOB =
      SampleLog.signer("witness.example/bob", SignatureType.COSIGNATURE_ED25519);

  @TempDir private Path folder;

  private final SampleLog log = new SampleLog("example.com/log");
  private final BoundedHttp http = new BoundedHttp(Duration.ofSeconds(20), 100_000);
  private WitnessServer ann;
  private WitnessServer bob;

  @BeforeEach
  void start() throws Exception {
    ann = witness(new Witness(new DurableFolder(folder.resolve("ann")), ANN, List.of(log.key())));
    var misled = new Witness(new DurableFolder(folder.resolve("bob")), BOB, List.of(log.key()));
    SignedNote forked = log.signed(log.forked(5));
    misled.cosign(new AddCheckpoint(0, List.of(), forked));
    bob = witness(misled);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
    http.close();
  }

  @Test
  void aForkThatOneWitnessSawIsSaidThoughTheOtherSuffices() throws Exception {
    Checkpoint checkpoint = log.checkpoint(5);
    Anchor.Evidence evidence = anchor("any").anchor(checkpoint, log.signed(checkpoint));
    assertThat(evidence.cosignatures().stream().map(NoteSignature::name))
        .containsExactly("witness.example/ann");
    assertThat(evidence.lacking())
        .singleElement()
        .asString()
        .startsWith("bob: it cosigned another root for this size");
    SignedNote cosigned = SignedNote.parse(evidence.files().get("checkpoint"));
    assertThat(policy("any").judge(cosigned).quorum()).isTrue();
    assertThat(new String(evidence.answer(), StandardCharsets.UTF_8))
        .isEqualTo(evidence.cosignatures().getFirst().line());
  }

  @Test
  void withoutAQuorumThereIsNoEvidenceAndEachIsNamed() throws Exception {
    Checkpoint checkpoint = log.checkpoint(5);
    assertThatThrownBy(() -> anchor("all").anchor(checkpoint, log.signed(checkpoint)))
        .isInstanceOf(AnchorFailedException.class)
        .hasMessageStartingWith("no quorum, 1 of 2 cosigned; bob: it cosigned another root");
  }

  @Test
  void aLogThatThePolicyDoesNotListGetsNoEvidence() throws Exception {
    var other = new SampleLog("example.com/log");
    Checkpoint checkpoint = other.checkpoint(5);
    assertThatThrownBy(() -> anchor("any").anchor(checkpoint, other.signed(checkpoint)))
        .isInstanceOf(AnchorFailedException.class)
        .hasMessageContaining("the policy does not accept this log's checkpoint");
  }

  private WitnessAnchor anchor(String quorum) throws Exception {
    return new WitnessAnchor("auditors", policy(quorum), http, log::path);
  }

  private TrustPolicy policy(String quorum) throws Exception {
    return TrustPolicy.parse(
        """
        log %s
        witness ann %s http://127.0.0.1:%d
        witness bob %s http://127.0.0.1:%d/
        group both %s ann bob
        quorum both
        """
            .formatted(
                log.key(), ANN.verifierKey(), ann.port(), BOB.verifierKey(), bob.port(), quorum)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static WitnessServer witness(Witness witness) throws Exception {
    return WitnessServer.start(
        witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> {});
  }
}
