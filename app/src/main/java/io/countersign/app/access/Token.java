package io.countersign.app.access;

import io.countersign.app.data.SecretFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * A principal's token: {@code cs_} and 32 random bytes in base64url. What is stored is its SHA-256.
 * A slow, salted hash protects secrets that can be guessed; 256 random bits cannot, and a slow hash
 * would make every request slow.
 *
 * @param text as sent by clients
 */
record Token(String text) {

  private static final Pattern FORM = Pattern.compile("cs_[A-Za-z0-9_-]{43}");

  /** A new one. */
  static Token random() {
    return new Token("cs_" + SecretFile.random());
  }

  /** Whether it can be one at all. */
  boolean wellFormed() {
    return FORM.matcher(text).matches();
  }

  /** What is stored and compared. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Token[...]";
  }
}
