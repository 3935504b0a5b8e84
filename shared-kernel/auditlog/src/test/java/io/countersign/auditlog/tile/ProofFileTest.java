package io.countersign.auditlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofFileTest {

  private static final String HASH = TreeHash.EMPTY.base64();
  private static final SignedNote NOTE =
      new SignedNote(
          new Checkpoint("example.com/log", 9, TreeHash.EMPTY).text(),
          List.of(new NoteSignature("example.com/log", 1, new byte[] {1, 2})));

  @Test
  void aFileIsReadAsItWasWritten() throws Exception {
    var file = new ProofFile(3, List.of(TreeHash.EMPTY, TreeHash.EMPTY), NOTE, new byte[] {7});
    assertThat(file.bytes())
        .asString(StandardCharsets.UTF_8)
        .startsWith("c2sp.org/tlog-proof@v1\nextra Bw==\nindex 3\n" + HASH + "\n" + HASH + "\n\n");
    assertThat(ProofFile.parse(file.bytes())).usingRecursiveComparison().isEqualTo(file);
    var bare = new ProofFile(0, List.of(), NOTE, null);
    assertThat(ProofFile.parse(bare.bytes())).usingRecursiveComparison().isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x~index 0| BAD_HEADER | 1",
        "c2sp.org/tlog-proof@v1| MISSING_LINE | 2",
        "c2sp.org/tlog-proof@v1~extra ~index 0| BAD_BASE64 | 2",
        "c2sp.org/tlog-proof@v1~extra Bw==| MISSING_LINE | 3",
        "c2sp.org/tlog-proof@v1~index 01| BAD_NUMBER | 2",
        "c2sp.org/tlog-proof@v1~index 0~index 0| BAD_HASH | 3",
      })
  void whatIsNoProofIsRefusedWithItsLine(String head, Reason reason, int line) {
    refused(head.replace('~', '\n') + "\n\n" + NOTE, reason, line);
  }

  @Test
  void aBadCheckpointIsRefusedWithItsLineInTheFile() {
    refused("c2sp.org/tlog-proof@v1\nindex 0\n\na\n\nb\n", Reason.BAD_SIGNATURE_LINE, 6);
    String many = (HASH + "\n").repeat(64);
    refused("c2sp.org/tlog-proof@v1\nindex 0\n" + many + "\n" + NOTE, Reason.TOO_LONG, 66);
  }

  @Test
  void damagedFilesAreRefusedOrKept() {
    var random = new Random(2);
    byte[] good =
        new ProofFile(3, List.of(TreeHash.EMPTY, TreeHash.EMPTY), NOTE, new byte[] {7}).bytes();
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ProofFile.parse(bad).bytes()).isEqualTo(bad);
        read++;
      } catch (NoteFormatException refusal) {
        assertThat(refusal.line()).isPositive();
      }
    }
    assertThat(read).isBetween(100, 19_000);
  }

  private static void refused(String file, Reason reason, int line) {
    assertThatThrownBy(() -> ProofFile.parse(file.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
            });
  }
}
