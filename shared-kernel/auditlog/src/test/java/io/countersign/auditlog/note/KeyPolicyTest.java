package io.countersign.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.merkle.TreeHash;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPolicyTest {

  private final NoteSigner old = signer(SignatureType.ED25519, "Ed25519");
  private final NoteSigner young = signer(SignatureType.ED25519, "Ed25519");
  private final NoteSigner second = signer(SignatureType.COSIGNATURE_ML_DSA_44, "ML-DSA-44");

  @Test
  void aRotationMakesTheOldKeyValidUpToASizeAndTheNewOneFromASize() throws Exception {
    KeyPolicy policy =
        KeyPolicy.of(old.verifierKey()).with(young.verifierKey(), 10).until(old.verifierKey(), 12);
    for (NoteSigner signer : List.of(old, young)) {
      assertThat(policy.checkpoint(note(11, signer)).size()).isEqualTo(11);
    }
    assertThat(policy.checkpoint(note(9, old)).size()).isEqualTo(9);
    assertThat(policy.checkpoint(note(13, young)).size()).isEqualTo(13);
    refused(policy, note(9, young));
    refused(policy, note(13, old));
  }

  @Test
  void aSecondAlgorithmThatIsInForceCannotBeLeftOut() throws Exception {
    KeyPolicy policy = KeyPolicy.of(old.verifierKey()).with(second.verifierKey(), 5);
    assertThat(policy.checkpoint(note(4, old)).size()).isEqualTo(4);
    assertThat(policy.checkpoint(note(5, old, second)).size()).isEqualTo(5);
    refused(policy, note(5, old));
    refused(policy, note(5, second));
  }

  @Test
  void itsTextIsReadAsItWasWrittenAndASingleKeyIsAPolicy() throws Exception {
    KeyPolicy policy =
        KeyPolicy.of(old.verifierKey()).with(young.verifierKey(), 10).until(old.verifierKey(), 12);
    assertThat(KeyPolicy.parse(policy.text())).isEqualTo(policy);
    assertThat(KeyPolicy.parse("# ours\n\n" + old.verifierKey() + "\n"))
        .isEqualTo(KeyPolicy.of(old.verifierKey()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', MISSING_LINE, 1",
    "'# nothing', MISSING_LINE, 2",
    "'KEY 1', BAD_KEY_LINE, 1",
    "'KEY 1 2 3', BAD_KEY_LINE, 1",
    "'KEY 5 4', BAD_KEY_LINE, 1",
    "'KEY 01 4', BAD_NUMBER, 1",
    "'KEY 1 x', BAD_NUMBER, 1",
    "'KEY;KEY 1 x', BAD_NUMBER, 2",
    "'KEY;no key', BAD_KEY_LINE, 2",
    "'KEY;nokey', BAD_KEY, 2",
    "'KEY;OTHER', OTHER_LOG, 2"
  })
  void whatIsNoPolicyIsRefusedWithItsLine(
      String text, NoteFormatException.Reason reason, int line) {
    String whole =
        text.replace(";", "\n")
            .replace("KEY", old.verifierKey().toString())
            .replace("OTHER", signer("example.com/other").verifierKey().toString());
    assertThatThrownBy(() -> KeyPolicy.parse(whole))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.line()).isEqualTo(line);
            });
  }

  private static void refused(KeyPolicy policy, SignedNote note) {
    assertThatThrownBy(() -> policy.checkpoint(note))
        .isInstanceOfSatisfying(
            NoteRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(NoteRefusedException.Reason.NOT_VALID_AT_SIZE));
  }

  private static SignedNote note(long size, NoteSigner... signers) {
    var checkpoint =
        new Checkpoint("example.com/log", size, TreeHash.leaf(EntryHash.of(new byte[] {1})));
    return new SignedNote(
        checkpoint.text(), Arrays.stream(signers).map(signer -> signer.sign(checkpoint)).toList());
  }

  private static NoteSigner signer(String name) {
    return signer(name, SignatureType.ED25519, "Ed25519");
  }

  private static NoteSigner signer(SignatureType type, String algorithm) {
    return signer("example.com/log", type, algorithm);
  }

  private static NoteSigner signer(String name, SignatureType type, String algorithm) {
    try {
      return new NoteSigner(
          name,
          type,
          KeyPairGenerator.getInstance(algorithm).generateKeyPair(),
          InstantSource.system());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
