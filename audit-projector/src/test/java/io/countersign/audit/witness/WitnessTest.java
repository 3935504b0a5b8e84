package io.countersign.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.FailingDisk;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.witness.AddCheckpoint;
import io.countersign.auditlog.witness.WitnessRefusedException;
import io.countersign.auditlog.witness.WitnessRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {

  private static final NoteSigner SIGNER =
      SampleLog.signer("witness.example/w", SignatureType.COSIGNATURE_ED25519);

  @TempDir private Path folder;

  private final SampleLog log = new SampleLog("example.com/log");

  @Test
  void itCosignsWhatGrowsAndRemembersItOverARestart() throws Exception {
    cosign(witness(), 0, 5);
    cosign(witness(), 5, 9);
    cosign(witness(), 9, 9);
    refused(witness(), log.request(5, 9), Reason.OTHER_OLD_SIZE);
    assertThat(latest().size()).isEqualTo(9);
  }

  @Test
  void aRollbackIsRefused() throws Exception {
    cosign(witness(), 0, 9);
    refused(witness(), log.request(5, 7), Reason.OTHER_OLD_SIZE);
    refused(witness(), log.request(0, 7), Reason.OTHER_OLD_SIZE);
    refused(
        witness(),
        new AddCheckpoint(9, List.of(), log.signed(log.checkpoint(7))),
        Reason.OLD_SIZE_ABOVE_NEW);
    assertThat(latest().size()).isEqualTo(9);
  }

  @Test
  void aForkIsRefusedAndKeptAsProof() throws Exception {
    cosign(witness(), 0, 9);
    var sameSize = new AddCheckpoint(9, List.of(), log.signed(log.forked(9)));
    var larger = new AddCheckpoint(9, log.forkedPath(9, 12), log.signed(log.forked(12)));
    for (int again = 0; again < 2; again++) {
      refused(witness(), sameSize, Reason.OTHER_ROOT);
      refused(witness(), larger, Reason.NOT_CONSISTENT);
    }
    assertThat(latest()).isEqualTo(log.checkpoint(9));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> proofs =
          files.filter(file -> file.getFileName().toString().startsWith("refused-")).toList();
      assertThat(proofs).hasSize(2);
      for (Path proof : proofs) {
        new NoteVerifier(List.of(log.key())).verify(SignedNote.parse(Files.readAllBytes(proof)));
      }
    }
  }

  @Test
  void logsAreToldApart() throws Exception {
    var other = new SampleLog("example.com/other");
    var witness = new Witness(new DurableFolder(folder), SIGNER, List.of(log.key(), other.key()));
    witness.cosign(log.request(0, 9));
    witness.cosign(other.request(0, 4));
    refused(witness, log.request(0, 4), Reason.OTHER_OLD_SIZE);
    witness.cosign(other.request(4, 6));
    refused(witness(), new SampleLog("example.com/third").request(0, 1), Reason.UNKNOWN_LOG);
  }

  @Test
  void aDamagedMemoryIsNeverBegunAnew() throws Exception {
    cosign(witness(), 0, 9);
    Path memory = folder.resolve(nameOf("example.com/log"));
    byte[] good = Files.readAllBytes(memory);
    String older = log.signed(log.checkpoint(5)).toString();
    for (byte[] bad :
        List.of(
            new byte[0],
            "nonsense\n".getBytes(StandardCharsets.UTF_8),
            older.getBytes(StandardCharsets.UTF_8),
            new String(good, StandardCharsets.UTF_8)
                .replace("\n9\n", "\n5\n")
                .getBytes(StandardCharsets.UTF_8))) {
      Files.write(memory, bad);
      assertThatThrownBy(() -> witness().cosign(log.request(0, 7)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged");
      assertThat(memory).hasBinaryContent(bad);
    }
  }

  /**
   * The process dies, or power fails, before every single step that the disk sees. What was
   * answered before is never taken back, and after it no other history is cosigned.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noStepAtWhichItDiesMakesItForget(boolean powerFails) throws Exception {
    int deaths = 0;
    for (int step = 0; step < 20 && deaths == step; step++) {
      Path here = folder.resolve("at-" + step);
      cosign(witnessOn(new DurableFolder(here)), 0, 5);
      boolean answered = false;
      try {
        witnessOn(new FailingDisk(step, powerFails).durableFolder(here)).cosign(log.request(5, 9));
        answered = true;
      } catch (FailingDisk.Died died) {
        deaths++;
      }
      Witness again = witnessOn(new DurableFolder(here));
      long size = latestIn(here).size();
      assertThat(size).isIn(answered ? List.of(9L) : List.of(5L, 9L));
      refused(
          again,
          new AddCheckpoint(size, List.of(), log.signed(log.forked(size))),
          Reason.OTHER_ROOT);
      refused(again, log.request(0, 4), Reason.OTHER_OLD_SIZE);
      cosign(again, size, 12);
    }
    assertThat(deaths).as("steps that there are").isBetween(4, 19);
  }

  private Witness witness() {
    return witnessOn(new DurableFolder(folder));
  }

  private Witness witnessOn(DurableFolder disk) {
    return new Witness(disk, SIGNER, List.of(log.key()));
  }

  private void cosign(Witness witness, long from, long to) throws Exception {
    String line = witness.cosign(log.request(from, to));
    SignedNote note =
        SignedNote.parse((log.signed(log.checkpoint(to)) + line).getBytes(StandardCharsets.UTF_8));
    assertThat(new NoteVerifier(List.of(SIGNER.verifierKey())).verify(note)).hasSize(1);
  }

  private Checkpoint latest() throws Exception {
    return latestIn(folder);
  }

  private Checkpoint latestIn(Path here) throws Exception {
    Optional<byte[]> note =
        witnessOn(new DurableFolder(here)).latestByHash(nameOf("example.com/log"));
    return new NoteVerifier(List.of(SIGNER.verifierKey()))
        .checkpoint(SignedNote.parse(note.orElseThrow()), "example.com/log");
  }

  private static String nameOf(String origin) {
    return HexFormat.of()
        .formatHex(
            io.countersign.auditlog.hash.Sha256.digest()
                .digest(origin.getBytes(StandardCharsets.UTF_8)));
  }

  private static void refused(Witness witness, AddCheckpoint request, Reason reason) {
    assertThatThrownBy(() -> witness.cosign(request))
        .isInstanceOfSatisfying(
            WitnessRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
