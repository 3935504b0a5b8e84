package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;

/**
 * Seals and opens text with the keys of the key ring: AES-256-GCM, associated data = key id and
 * place.
 */
public interface TextCipher {

  /**
   * Seals text.
   *
   * @param at logical event name, slash, JSON pointer of the field
   */
  SealedText.Envelope seal(KeyOwner owner, Purpose purpose, String at, String clear);

  /** Opens what was read. Clear text that was never written is returned as it is. */
  Opened open(SealedText text);

  /** The result of opening. */
  sealed interface Opened {

    /** The text. */
    record Text(String value) implements Opened {

      @Override
      public String toString() {
        return "Text[...]";
      }
    }

    /** The owner's key was destroyed. */
    record Erased() implements Opened {}

    /**
     * The key is not here, or the ciphertext is not what was written: a finding, not an erasure.
     */
    record Unreadable(String reason) implements Opened {}
  }
}
