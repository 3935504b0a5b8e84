package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * AES-256-GCM under keys of the key ring. The associated data are the UTF-8 bytes of {@code <key
 * id>|<at>}: a ciphertext that was moved to another field or given another key does not open.
 */
public final class AesTextCipher implements TextCipher {

  private final KeyRing keys;
  private final SecureRandom random;

  /** A cipher with these keys; nonces come from {@code random}. */
  public AesTextCipher(KeyRing keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * {@inheritDoc}
   *
   * @throws KeyDestroyedException when the owner's keys were destroyed
   */
  @Override
  public SealedText.Envelope seal(KeyOwner owner, Purpose purpose, String at, String clear) {
    KeyRing.DataKey key = keys.keyFor(owner, purpose.word());
    byte[] sealed =
        Aead.seal(
            key.secret(), clear.getBytes(StandardCharsets.UTF_8), key.id() + "|" + at, random);
    return new SealedText.Envelope(
        key.id(), at, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  @Override
  public Opened open(SealedText text) {
    String clear = text.clear();
    if (clear != null) {
      return new Opened.Text(clear);
    }
    SealedText.Envelope envelope = text.envelope();
    if (envelope == null) {
      throw new IllegalArgumentException("neither text nor envelope");
    }
    if (envelope.sealed().isEmpty()) {
      return new Opened.Erased(); // the mark of text that is not there, whatever became of its key
    }
    return switch (keys.find(envelope.key())) {
      case KeyRing.Lookup.Found found -> open(found.key(), envelope);
      case KeyRing.Lookup.Destroyed _ -> new Opened.Erased();
      case KeyRing.Lookup.Unknown _ -> new Opened.Unreadable("the key is not in this database");
    };
  }

  private static Opened open(KeyRing.DataKey key, SealedText.Envelope envelope) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(envelope.sealed());
      byte[] clear = Aead.open(key.secret(), sealed, key.id() + "|" + envelope.at());
      return new Opened.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(clear)).toString());
    } catch (IllegalArgumentException _) {
      return new Opened.Unreadable("the ciphertext is not base64url");
    } catch (GeneralSecurityException _) {
      return new Opened.Unreadable("the ciphertext is not the one written here under this key");
    } catch (CharacterCodingException _) {
      return new Opened.Unreadable("the text is not UTF-8");
    }
  }
}
