package io.countersign.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedNoteTest {

  /** Key and note of the documentation of Go's package golang.org/x/mod/sumdb/note. */
  private static final String GO_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  /** The example of C2SP tlog-cosignature: its keys are not published. */
  private static final String C2SP_CHECKPOINT =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
      """;

  @Test
  void aNoteSignedByGoVerifies() throws Exception {
    VerifierKey key = VerifierKey.parse(GO_KEY);
    assertThat(key).hasToString(GO_KEY);
    assertThat(key.name()).isEqualTo("PeterNeumann");
    SignedNote note = parse(GO_NOTE);
    assertThat(new NoteVerifier(List.of(key)).verify(note))
        .containsExactly(new NoteVerifier.Verified(key, null));
    assertThat(note).hasToString(GO_NOTE);
  }

  @Test
  void aPlusInTheBase64OfAKeyDividesNothing() throws Exception {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    VerifierKey key;
    do {
      key = VerifierKey.of("a", SignatureType.ED25519, generator.generateKeyPair().getPublic());
    } while (key.toString().split("\\+", -1).length < 4);
    assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
  }

  @Test
  void theCheckpointOfTheSpecificationIsRead() throws Exception {
    SignedNote note = parse(C2SP_CHECKPOINT);
    assertThat(note).hasToString(C2SP_CHECKPOINT);
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20_852_163);
    assertThat(checkpoint.text()).isEqualTo(note.text());
    assertThat(note.signatures()).extracting(NoteSignature::keyId).contains(0x8d66cf3f);
  }

  @Test
  void theLastEmptyLineDivides() throws Exception {
    SignedNote note = parse("a\n\n\u2014 b AAAAAAA=\n\n\u2014 c AAAAAAA=\n");
    assertThat(note.text()).isEqualTo("a\n\n\u2014 b AAAAAAA=\n");
    assertThat(note.signatures()).extracting(NoteSignature::name).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a~| NO_SIGNATURES | 1",
        "a~~| NO_SIGNATURES | 2",
        "a~~\u2014 b AAAAAAA=| NO_FINAL_NEWLINE | 3",
        "a~~- b AAAAAAA=~| BAD_SIGNATURE_LINE | 3",
        "a~~\u2014 b~| BAD_SIGNATURE_LINE | 3",
        "a~~\u2014 b AAAAAAA= c~| BAD_SIGNATURE_LINE | 3",
        "a~~\u2014 b AAAA~| BAD_SIGNATURE_LINE | 3",
        "a~~\u2014 b AAAAAAA~| BAD_BASE64 | 3",
        "a~~\u2014 b AAAAAAB=~| BAD_BASE64 | 3",
        "a~~\u2014 b+c AAAAAAA=~| BAD_KEY_NAME | 3",
        "a~~\u2014 \u00a0 AAAAAAA=~| BAD_KEY_NAME | 3",
        "a~~\u2014 b AAAAAAA=~\u2014 c ?~| BAD_BASE64 | 4",
        "a~b\u0001c~~\u2014 b AAAAAAA=~| CONTROL_CHARACTER | 2",
      })
  void whatIsNoNoteIsRefusedWithItsLine(String note, Reason reason, int line) {
    refused(note.replace('~', '\n').getBytes(StandardCharsets.UTF_8), reason, line);
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirLine() {
    byte[] note = GO_NOTE.getBytes(StandardCharsets.UTF_8);
    note[GO_NOTE.indexOf("then")] = (byte) 0xff;
    refused(note, Reason.NOT_UTF8, 2);
    refused(new byte[1_000_001], Reason.TOO_LONG, 1);
    refused(
        ("a\n\n" + "\u2014 b AAAAAAA=\n".repeat(101)).getBytes(StandardCharsets.UTF_8),
        Reason.TOO_MANY_SIGNATURES,
        103);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a~1| MISSING_LINE | 3",
        "a~1~?| BAD_HASH | 3",
        "a~01~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=| BAD_NUMBER | 2",
        "a~-1~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=| BAD_NUMBER | 2",
        "a~9223372036854775808~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=| BAD_NUMBER | 2",
        "a~1~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=| BAD_HASH | 3",
        "a~1~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=~~x| EMPTY_LINE | 4",
        "~1~CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=| EMPTY_LINE | 1",
      })
  void whatIsNoCheckpointIsRefusedWithItsLine(String text, Reason reason, int line) {
    assertThatThrownBy(() -> Checkpoint.parse(text.replace('~', '\n') + "\n"))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "PeterNeumann+c74f20a3, BAD_KEY",
    "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, BAD_KEY",
    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, KEY_ID_MISMATCH",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, BAD_KEY_NAME",
    "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, BAD_KEY_NAME",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy, BAD_KEY",
    "PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW, BAD_KEY",
    "PeterNeumann+c74f20a3+????, BAD_BASE64",
  })
  void whatIsNoKeyIsRefused(String vkey, Reason reason) {
    assertThatThrownBy(() -> VerifierKey.parse(vkey))
        .isInstanceOfSatisfying(
            NoteFormatException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  /** Whatever is accepted is written again byte for byte; whatever is not is refused as such. */
  @Test
  void damagedNotesAreRefusedOrKept() throws Exception {
    var random = new Random(1);
    byte[] good = C2SP_CHECKPOINT.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(3) * random.nextInt(40));
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        SignedNote note = SignedNote.parse(bad);
        assertThat(note.bytes()).isEqualTo(bad);
        assertThat(Checkpoint.parse(note.text()).text()).isEqualTo(note.text());
        read++;
      } catch (NoteFormatException refusal) {
        assertThat(refusal.line()).isBetween(1, 8);
      }
    }
    assertThat(read).isBetween(100, 19_000);
  }

  @Test
  void aCheckpointThatCouldNotBeReadIsNotMade() throws Exception {
    var root = Checkpoint.parse(parse(C2SP_CHECKPOINT).text()).root();
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a\nb", 1, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("", 1, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a", -1, root));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint("a", 1, root, List.of("")));
  }

  private static SignedNote parse(String note) throws NoteFormatException {
    return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(byte[] note, Reason reason, int line) {
    assertThatThrownBy(() -> SignedNote.parse(note))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
            });
  }
}
