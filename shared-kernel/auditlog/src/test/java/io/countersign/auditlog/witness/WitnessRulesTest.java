package io.countersign.auditlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.witness.WitnessRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WitnessRulesTest {

  private static final String ORIGIN = "example.com/log";
  private static final NoteSigner LOG = signer();

  private final WitnessRules rules = new WitnessRules(List.of(LOG.verifierKey()));

  @Test
  void whatGrewIsCosignedAndWhatStaysTheSameToo() throws Exception {
    assertThat(check(null, request(0, 0, 5))).isEqualTo(checkpoint(5));
    assertThat(check(checkpoint(5), request(5, 5, 9))).isEqualTo(checkpoint(9));
    assertThat(check(checkpoint(9), request(9, 9, 9))).isEqualTo(checkpoint(9));
    assertThat(check(null, request(0, 0, 0))).isEqualTo(checkpoint(0));
  }

  @Test
  void nothingSmallerIsCosigned() throws Exception {
    refused(checkpoint(9), request(5, 5, 7), Reason.OTHER_OLD_SIZE, 9);
    refused(checkpoint(9), request(0, 0, 7), Reason.OTHER_OLD_SIZE, 9);
    refused(checkpoint(9), asked(9, List.of(), checkpoint(7)), Reason.OLD_SIZE_ABOVE_NEW, 0);
  }

  @Test
  void noSecondRootIsCosignedForASize() throws Exception {
    var forked = new Checkpoint(ORIGIN, 9, other(9).root());
    refused(checkpoint(9), asked(9, List.of(), forked), Reason.OTHER_ROOT, 9);
    refused(
        null,
        asked(0, List.of(), new Checkpoint(ORIGIN, 0, other(9).root())),
        Reason.OTHER_ROOT,
        0);
  }

  @Test
  void aForkIsNoGrowth() throws Exception {
    var forked = new Checkpoint(ORIGIN, 12, other(12).root());
    refused(
        checkpoint(9),
        asked(9, other(12).consistencyFrom(9).path(), forked),
        Reason.NOT_CONSISTENT,
        9);
    refused(checkpoint(9), asked(9, List.of(), checkpoint(12)), Reason.NOT_CONSISTENT, 9);
    refused(
        checkpoint(9), asked(9, List.of(TreeHash.EMPTY), checkpoint(9)), Reason.NOT_CONSISTENT, 9);
    refused(null, asked(0, List.of(TreeHash.EMPTY), checkpoint(9)), Reason.NOT_CONSISTENT, 0);
  }

  @Test
  void onlyWhatAKnownLogSignedIsCosigned() throws Exception {
    NoteSigner stranger = signer();
    refused(
        null,
        new AddCheckpoint(0, List.of(), signed(checkpoint(5), stranger)),
        Reason.NOT_SIGNED,
        0);
    var elsewhere = new Checkpoint("example.com/other", 5, tree(5).root());
    refused(null, asked(0, List.of(), elsewhere), Reason.UNKNOWN_LOG, 0);
    var nonsense = new SignedNote("nonsense\n", List.of(LOG.sign(checkpoint(5))));
    refused(null, new AddCheckpoint(0, List.of(), nonsense), Reason.NO_CHECKPOINT, 0);
    // a log in the act of rotating its key signs with both
    var both = signed(checkpoint(5), stranger).with(LOG.sign(checkpoint(5)));
    assertThat(check(null, new AddCheckpoint(0, List.of(), both))).isEqualTo(checkpoint(5));
  }

  /** Whatever is accepted is written again byte for byte; whatever is not is refused as such. */
  @Test
  void damagedRequestsAreRefusedOrKept() throws Exception {
    var random = new Random(5);
    byte[] good = request(5, 5, 700).bytes();
    assertThat(AddCheckpoint.parse(good).bytes()).isEqualTo(good);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(60));
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(AddCheckpoint.parse(bad).bytes()).isEqualTo(bad);
        read++;
      } catch (NoteFormatException refusal) {
        assertThat(refusal.line()).isBetween(1, 30);
      }
    }
    assertThat(read).isBetween(100, 19_000);
  }

  /** The example of C2SP tlog-witness. Its keys are not published. */
  @Test
  void theExampleOfTheSpecificationIsRead() throws Exception {
    String example =
        """
        old 20852014
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        \u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
        """;
    byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
    AddCheckpoint request = AddCheckpoint.parse(bytes);
    assertThat(request.oldSize()).isEqualTo(20_852_014);
    assertThat(request.proof()).hasSize(4);
    assertThat(request.bytes()).isEqualTo(bytes);
  }

  @Test
  void aRequestIsRefusedWithItsLine() throws Exception {
    malformed("new 5\n\n", NoteFormatException.Reason.BAD_HEADER, 1);
    malformed("old 05\n\n", NoteFormatException.Reason.BAD_NUMBER, 1);
    malformed("old 5\nAAAA\n\n", NoteFormatException.Reason.BAD_HASH, 2);
    malformed("old 5\n", NoteFormatException.Reason.MISSING_LINE, 2);
    malformed("old 5\n\nno note", NoteFormatException.Reason.NO_SIGNATURES, 3);
    String hash = TreeHash.EMPTY.base64() + "\n";
    malformed("old 5\n" + hash.repeat(64) + "\n", NoteFormatException.Reason.TOO_LONG, 65);
  }

  private static void malformed(String text, NoteFormatException.Reason reason, int line) {
    assertThatThrownBy(() -> AddCheckpoint.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
            });
  }

  private Checkpoint check(Checkpoint before, AddCheckpoint request) throws Exception {
    return rules.check(request, _ -> Optional.ofNullable(before));
  }

  private void refused(Checkpoint before, AddCheckpoint request, Reason reason, long lastSize) {
    assertThatThrownBy(() -> check(before, request))
        .isInstanceOfSatisfying(
            WitnessRefusedException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.lastSize()).isEqualTo(lastSize);
            });
  }

  private static AddCheckpoint request(long old, long from, long to) throws IOException {
    return asked(
        old, from == 0 ? List.of() : tree(to).consistencyFrom(from).path(), checkpoint(to));
  }

  private static AddCheckpoint asked(long old, List<TreeHash> proof, Checkpoint checkpoint) {
    return new AddCheckpoint(old, proof, signed(checkpoint, LOG));
  }

  private static SignedNote signed(Checkpoint checkpoint, NoteSigner signer) {
    return new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint)));
  }

  private static Checkpoint checkpoint(long size) throws IOException {
    return new Checkpoint(ORIGIN, size, tree(size).root());
  }

  private static Tree tree(long size) {
    return new Tree((level, index) -> node(level, index, "ours"), size);
  }

  /** Another history from its fourth entry on. */
  private static Tree other(long size) {
    return new Tree((level, index) -> node(level, index, "theirs"), size);
  }

  private static TreeHash node(int level, long index, String whose) {
    if (level == 0) {
      String entry = index < 3 ? "common" + index : whose + index;
      return TreeHash.leaf(EntryHash.of(entry.getBytes(StandardCharsets.UTF_8)));
    }
    return TreeHash.node(node(level - 1, 2 * index, whose), node(level - 1, 2 * index + 1, whose));
  }

  private static NoteSigner signer() {
    try {
      return new NoteSigner(
          ORIGIN,
          SignatureType.ED25519,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
