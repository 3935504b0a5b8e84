package io.countersign.audit.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.witness.SampleLog;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosignedCheckpointTest {

  private static final NoteSigner ANN =
      SampleLog.signer("witness.example/ann", SignatureType.COSIGNATURE_ED25519);
  private static final NoteSigner BOB =
      SampleLog.signer("witness.example/bob", SignatureType.COSIGNATURE_ED25519);

  @TempDir private Path folder;

  private final SampleLog log = new SampleLog("example.com/log");

  @Test
  void cosignaturesComeAfterTheLogsOwnAndAreReplacedByNewerOnes() throws Exception {
    var published = new PublishedLog(folder);
    try (var lock = published.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
      published.publish(log.signed(log.checkpoint(5)));
      assertThat(published.cosign(text(5), List.of(by(ANN, 5)))).isTrue();
      assertThat(published.cosign(text(5), List.of(by(BOB, 5), by(ANN, 5)))).isTrue();
    }
    SignedNote note = published.checkpoint().orElseThrow();
    assertThat(note.text()).isEqualTo(text(5));
    assertThat(note.signatures().stream().map(NoteSignature::name))
        .containsExactly("example.com/log", "witness.example/bob", "witness.example/ann");
    assertThat(new NoteVerifier(List.of(log.key())).verify(note)).hasSize(1);
  }

  @Test
  void whoComesTooLateChangesNothing() throws Exception {
    var published = new PublishedLog(folder);
    try (var lock = published.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(published.cosign(text(5), List.of(by(ANN, 5)))).isFalse();
      published.publish(log.signed(log.checkpoint(9)));
      assertThat(published.cosign(text(5), List.of(by(ANN, 5)))).isFalse();
    }
    assertThat(published.cosign(text(9), List.of(by(ANN, 9)))).as("another may seal").isFalse();
    assertThat(published.checkpoint()).contains(log.signed(log.checkpoint(9)));
  }

  /** Whatever step it dies at, the published checkpoint is the same, with or without the others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noStepAtWhichItDiesChangesTheCheckpoint(boolean powerFails) throws Exception {
    int deaths = 0;
    for (int step = 0; step < 10 && deaths == step; step++) {
      Path here = folder.resolve("at-" + step);
      new PublishedLog(here).publish(log.signed(log.checkpoint(5)));
      var dying = new FailingDisk(step, powerFails).publishedLog(here);
      try (var lock = dying.tryLock().orElseThrow()) {
        assertThat(lock).isNotNull();
        dying.cosign(text(5), List.of(by(ANN, 5)));
      } catch (FailingDisk.Died died) {
        deaths++;
      }
      SignedNote note = new PublishedLog(here).checkpoint().orElseThrow();
      assertThat(note.text()).isEqualTo(text(5));
      assertThat(note.signatures().getFirst().name()).isEqualTo("example.com/log");
      assertThat(note.signatures()).hasSizeBetween(1, 2);
    }
    assertThat(deaths).as("steps that there are").isBetween(3, 9);
  }

  private String text(long size) throws Exception {
    return log.checkpoint(size).text();
  }

  private NoteSignature by(NoteSigner witness, long size) throws Exception {
    Checkpoint checkpoint = log.checkpoint(size);
    return witness.sign(checkpoint);
  }
}
