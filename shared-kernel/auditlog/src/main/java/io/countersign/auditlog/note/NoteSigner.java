package io.countersign.auditlog.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;

/** Signs notes with one key. */
public final class NoteSigner {

  private final VerifierKey verifierKey;
  private final PrivateKey key;
  private final InstantSource clock;

  /**
   * A signer.
   *
   * @param name of the key: for the log's own, its origin
   * @param clock time of cosignatures
   * @throws IllegalArgumentException when the name cannot be one, or the key is of another kind
   */
  public NoteSigner(String name, SignatureType type, KeyPair keys, InstantSource clock) {
    this.verifierKey = VerifierKey.of(name, type, keys.getPublic());
    this.key = keys.getPrivate();
    this.clock = clock;
  }

  /** What others need to verify. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /** Signs a checkpoint. */
  public NoteSignature sign(Checkpoint checkpoint) {
    return sign(checkpoint.text());
  }

  /**
   * Signs another text; only plain signatures can.
   *
   * @param text ends with a newline
   */
  public NoteSignature signText(String text) {
    if (verifierKey.type() != SignatureType.ED25519) {
      throw new IllegalStateException("a cosignature is over a checkpoint");
    }
    return sign(text);
  }

  private NoteSignature sign(String text) {
    SignatureType type = verifierKey.type();
    long time = type.isCosignature() ? clock.instant().getEpochSecond() : 0;
    try {
      Signature signature = Signature.getInstance(type.algorithm());
      signature.initSign(key);
      signature.update(Cosigned.message(verifierKey, text, time));
      byte[] signed = signature.sign();
      byte[] bytes =
          type.isCosignature()
              ? ByteBuffer.allocate(Long.BYTES + signed.length).putLong(time).put(signed).array()
              : signed;
      return new NoteSignature(verifierKey.name(), verifierKey.id(), bytes);
    } catch (GeneralSecurityException | NoteFormatException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }
}
