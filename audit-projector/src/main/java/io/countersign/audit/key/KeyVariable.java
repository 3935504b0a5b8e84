package io.countersign.audit.key;

import io.countersign.auditlog.note.SignatureType;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys in an environment variable: for each one the private and the public part as PEM, as {@code
 * openssl genpkey} and {@code openssl pkey -pubout} write them. For a rotation the new key is added
 * behind the old one before the node starts.
 */
public final class KeyVariable implements KeySource {

  private final String name;
  private final @Nullable String text;
  private final SignatureType type;

  /**
   * A variable.
   *
   * @param text its value; null when it is not set
   */
  public KeyVariable(String name, @Nullable String text, SignatureType type) {
    this.name = name;
    this.text = text;
    this.type = type;
  }

  @Override
  public List<KeyPair> keys() {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    try {
      List<KeyPair> keys = KeyPem.read(text, type);
      boolean whole = !keys.isEmpty();
      for (KeyPair pair : keys) {
        whole &= KeyPem.belongTogether(pair, type);
      }
      if (whole) {
        return keys;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // the same refusal, without the cause, which may quote what it read
    }
    throw new LogKeyException(
        "the environment variable %s does not hold %s keys as PEM, each with both its parts"
            .formatted(name, type.algorithm()));
  }

  @Override
  public KeyPair create() {
    throw new LogKeyException(
        LogKeyException.Reason.MISSING,
        ("the environment variable %s holds no key that is not in use yet: make one (openssl genpkey"
                + " -algorithm %s, then openssl pkey -pubout) and add both parts to it")
            .formatted(name, type.algorithm()));
  }

  @Override
  public String place() {
    return "the environment variable " + name;
  }
}
