package io.countersign.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.NoteRefusedException.Reason;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoteVerifierTest {

  private static final String ORIGIN = "example.com/log";
  private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
  private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 7, TreeHash.EMPTY);

  @ParameterizedTest
  @EnumSource
  void whatASignerSignsItsKeyVerifies(SignatureType type) throws Exception {
    NoteSigner signer = signer(ORIGIN, type);
    SignedNote note = note(CHECKPOINT, signer);
    SignedNote read = SignedNote.parse(note.bytes());
    VerifierKey key = VerifierKey.parse(signer.verifierKey().toString());
    assertThat(key).isEqualTo(signer.verifierKey());
    assertThat(new NoteVerifier(List.of(key)).verify(read))
        .containsExactly(new NoteVerifier.Verified(key, type.isCosignature() ? NOW : null));
    assertThat(new NoteVerifier(List.of(key)).checkpoint(read, ORIGIN)).isEqualTo(CHECKPOINT);
  }

  /** Each byte of a signature and of the text counts; the time of a cosignature is signed too. */
  @ParameterizedTest
  @EnumSource
  void aChangedSignatureOrTextIsRefused(SignatureType type) throws Exception {
    NoteSigner signer = signer(ORIGIN, type);
    NoteSignature good = signer.sign(CHECKPOINT);
    for (int i = 1; i < good.bytes().length; i += 7) {
      byte[] bytes = good.bytes();
      bytes[i] ^= 1;
      var changed = new NoteSignature(good.name(), good.keyId(), bytes);
      refused(signer, new SignedNote(CHECKPOINT.text(), List.of(changed)), Reason.BAD_SIGNATURE);
    }
    byte[] shorter = Arrays.copyOf(good.bytes(), good.bytes().length - 1);
    refused(
        signer,
        new SignedNote(
            CHECKPOINT.text(), List.of(new NoteSignature(good.name(), good.keyId(), shorter))),
        Reason.BAD_SIGNATURE);
    var other = new Checkpoint(ORIGIN, 8, TreeHash.EMPTY);
    refused(signer, new SignedNote(other.text(), List.of(good)), Reason.BAD_SIGNATURE);
  }

  @Test
  void aTimeBeforeAllTimesIsRefused() throws Exception {
    NoteSigner signer = signer(ORIGIN, SignatureType.COSIGNATURE_ED25519);
    NoteSignature good = signer.sign(CHECKPOINT);
    byte[] bytes = good.bytes();
    bytes[0] = -1;
    refused(
        signer,
        new SignedNote(
            CHECKPOINT.text(), List.of(new NoteSignature(good.name(), good.keyId(), bytes))),
        Reason.BAD_TIME);
  }

  @Test
  void unknownKeysAreIgnoredEvenUnderTheSameName() throws Exception {
    NoteSigner ours = signer(ORIGIN, SignatureType.ED25519);
    NoteSigner stranger = signer(ORIGIN, SignatureType.ED25519);
    SignedNote both = note(CHECKPOINT, stranger, ours);
    assertThat(new NoteVerifier(List.of(ours.verifierKey())).verify(both)).hasSize(1);
    refused(ours, note(CHECKPOINT, stranger), Reason.NOT_SIGNED);
  }

  @Test
  void oneBadSignatureOfAKnownKeyRefusesTheNoteThoughAnotherIsGood() throws Exception {
    NoteSigner first = signer(ORIGIN, SignatureType.ED25519);
    NoteSigner second = signer("example.com/second", SignatureType.ED25519);
    NoteSignature good = first.sign(CHECKPOINT);
    NoteSignature bad = second.sign(new Checkpoint(ORIGIN, 6, TreeHash.EMPTY));
    var verifier = new NoteVerifier(List.of(first.verifierKey(), second.verifierKey()));
    assertThatThrownBy(() -> verifier.verify(new SignedNote(CHECKPOINT.text(), List.of(good, bad))))
        .isInstanceOf(NoteRefusedException.class)
        .hasMessageContaining("example.com/second");
  }

  @Test
  void aCheckpointOfAnotherLogIsRefusedThoughTheKeyIsRight() throws Exception {
    NoteSigner signer = signer(ORIGIN, SignatureType.ED25519);
    SignedNote note = note(new Checkpoint("example.com/other", 7, TreeHash.EMPTY), signer);
    assertThatThrownBy(
            () -> new NoteVerifier(List.of(signer.verifierKey())).checkpoint(note, ORIGIN))
        .isInstanceOfSatisfying(
            NoteRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OTHER_ORIGIN));
  }

  /** The same key under two types has two ids: one signature never passes for the other. */
  @Test
  void aPlainSignatureIsNoCosignature() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var plain = new NoteSigner(ORIGIN, SignatureType.ED25519, keys, InstantSource.fixed(NOW));
    var witness =
        new NoteSigner(ORIGIN, SignatureType.COSIGNATURE_ED25519, keys, InstantSource.fixed(NOW));
    assertThat(plain.verifierKey().id()).isNotEqualTo(witness.verifierKey().id());
    refused(witness, note(CHECKPOINT, plain), Reason.NOT_SIGNED);
  }

  private static NoteSigner signer(String name, SignatureType type)
      throws NoSuchAlgorithmException {
    return new NoteSigner(
        name,
        type,
        KeyPairGenerator.getInstance(type.algorithm()).generateKeyPair(),
        InstantSource.fixed(NOW));
  }

  private static SignedNote note(Checkpoint checkpoint, NoteSigner... signers) {
    return new SignedNote(
        checkpoint.text(), Arrays.stream(signers).map(signer -> signer.sign(checkpoint)).toList());
  }

  private static void refused(NoteSigner expected, SignedNote note, Reason reason) {
    assertThatThrownBy(() -> new NoteVerifier(List.of(expected.verifierKey())).verify(note))
        .isInstanceOfSatisfying(
            NoteRefusedException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
