package io.countersign.eventlog.encryption;

import io.countersign.kernel.privacy.KeyOwner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps data keys. 32 random bytes that live in a file outside the database ({@link
 * MasterKeyFile}); what wraps and what is recognized by are derived from it with HKDF-SHA256.
 * Whoever loses it loses everything that was sealed; whoever copies the database without it has
 * nothing but ciphertext.
 */
public final class MasterKey {

  private final SecretKey wrapping;
  private final byte[] checkValue;

  private MasterKey(SecretKey wrapping, byte[] checkValue) {
    this.wrapping = wrapping;
    this.checkValue = checkValue;
  }

  /**
   * A master key of these bytes.
   *
   * @throws IllegalArgumentException when there are not 32
   */
  static MasterKey of(byte[] secret) {
    if (secret.length != Aead.KEY_BYTES) {
      throw new IllegalArgumentException("a master key has 32 bytes");
    }
    return new MasterKey(
        new SecretKeySpec(derive(secret, "countersign/master-key/wrap/1"), "AES"),
        derive(secret, "countersign/master-key/check/1"));
  }

  /** Says which master key this is without giving it away: 32 bytes. */
  byte[] checkValue() {
    return checkValue.clone();
  }

  byte[] wrap(KeyRing.DataKey key, KeyOwner owner, String purpose, SecureRandom random) {
    return Aead.seal(
        wrapping, key.secret().getEncoded(), associated(key.id(), owner, purpose), random);
  }

  /**
   * @throws GeneralSecurityException when another master key wrapped it, or another key, owner or
   *     purpose
   */
  KeyRing.DataKey unwrap(UUID id, KeyOwner owner, String purpose, byte[] wrapped)
      throws GeneralSecurityException {
    byte[] secret = Aead.open(wrapping, wrapped, associated(id, owner, purpose));
    return new KeyRing.DataKey(id, new SecretKeySpec(secret, "AES"));
  }

  private static String associated(UUID id, KeyOwner owner, String purpose) {
    return id + "|" + purpose + "|" + owner;
  }

  private static byte[] derive(byte[] secret, String use) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .thenExpand(use.getBytes(StandardCharsets.UTF_8), Aead.KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is not usable here", e);
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "MasterKey";
  }
}
