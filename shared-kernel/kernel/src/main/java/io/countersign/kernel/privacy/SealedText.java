package io.countersign.kernel.privacy;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Text that must be erasable. Built in clear by whoever read it from outside; encrypted by the
 * serializer when the event is written; read back as an {@link Envelope} that stays closed until
 * somebody with the key ring opens it. Never prints its text.
 *
 * @param owner whose key
 * @param purpose which of the owner's keys
 * @param clear the text, only before it was written
 * @param envelope the ciphertext, only after it was read
 */
public record SealedText(
    KeyOwner owner, Purpose purpose, @Nullable String clear, @Nullable Envelope envelope) {

  /** Exactly one of {@code clear} and {@code envelope} is there. */
  public SealedText {
    if ((clear == null) == (envelope == null)) {
      throw new IllegalArgumentException("sealed text is either in clear or in an envelope");
    }
  }

  /** Text to be sealed under this owner's key. */
  public static SealedText of(KeyOwner owner, Purpose purpose, String clear) {
    return new SealedText(owner, purpose, Objects.requireNonNull(clear), null);
  }

  /** Text as it was read from a stored event. */
  public static SealedText closed(KeyOwner owner, Purpose purpose, Envelope envelope) {
    return new SealedText(owner, purpose, null, envelope);
  }

  /** Owner and purpose only: safe for logs and errors. */
  @Override
  public String toString() {
    return "SealedText[" + owner + " " + purpose.word() + (clear == null ? " closed]" : " clear]");
  }

  /**
   * What is stored: AES-256-GCM under a data key.
   *
   * @param key id of the data key
   * @param at where it was written: logical event name, slash, JSON pointer of the field;
   *     associated data together with the key id
   * @param sealed 12 bytes nonce, ciphertext, 16 bytes tag, in base64url without padding
   */
  public record Envelope(UUID key, String at, String sealed) {}
}
