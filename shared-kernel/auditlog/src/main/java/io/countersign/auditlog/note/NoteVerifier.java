package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteRefusedException.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies notes with known keys, as C2SP signed-note demands: signatures of unknown keys are
 * ignored, one bad signature of a known key refuses the note, and so does the lack of any.
 */
public final class NoteVerifier {

  private final List<VerifierKey> keys;

  /** With these keys. */
  public NoteVerifier(Collection<VerifierKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * A signature that is good.
   *
   * @param key whose it is
   * @param time of a cosignature, to the second; null for a plain signature
   */
  public record Verified(VerifierKey key, @Nullable Instant time) {}

  /**
   * The good signatures of a note: at least one.
   *
   * @throws NoteRefusedException when there is none, or one of a known key is bad
   */
  public List<Verified> verify(SignedNote note) throws NoteRefusedException {
    var verified = new ArrayList<Verified>();
    for (NoteSignature signature : note.signatures()) {
      for (VerifierKey key : keys) {
        if (key.isNamedBy(signature)) {
          verified.add(verify(key, note.text(), signature));
        }
      }
    }
    if (verified.isEmpty()) {
      throw new NoteRefusedException(
          Reason.NOT_SIGNED,
          keys.stream().map(VerifierKey::name).distinct().collect(Collectors.joining(", ")));
    }
    return verified;
  }

  /**
   * The checkpoint of a note that is signed with one of the keys.
   *
   * @param origin the log it must be of
   */
  public Checkpoint checkpoint(SignedNote note, String origin)
      throws NoteRefusedException, NoteFormatException {
    verify(note);
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (!checkpoint.origin().equals(origin)) {
      throw new NoteRefusedException(Reason.OTHER_ORIGIN, checkpoint.origin());
    }
    return checkpoint;
  }

  private static Verified verify(VerifierKey key, String text, NoteSignature signature)
      throws NoteRefusedException {
    byte[] bytes = signature.bytes();
    SignatureType type = key.type();
    if (bytes.length != type.signatureBytes()) {
      throw new NoteRefusedException(Reason.BAD_SIGNATURE, key.name());
    }
    long time = type.isCosignature() ? ByteBuffer.wrap(bytes).getLong() : 0;
    if (time < 0 || time > Instant.MAX.getEpochSecond()) {
      throw new NoteRefusedException(Reason.BAD_TIME, key.name());
    }
    int from = type.isCosignature() ? Long.BYTES : 0;
    try {
      Signature verifier = Signature.getInstance(type.algorithm());
      verifier.initVerify(key.key());
      verifier.update(Cosigned.message(key, text, time));
      if (verifier.verify(Arrays.copyOfRange(bytes, from, bytes.length))) {
        return new Verified(key, type.isCosignature() ? Instant.ofEpochSecond(time) : null);
      }
    } catch (GeneralSecurityException | NoteFormatException | IllegalArgumentException _) {
      // the same refusal
    }
    throw new NoteRefusedException(Reason.BAD_SIGNATURE, key.name());
  }
}
