package io.countersign.auditlog.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 by the JDK. */
public final class Sha256 {

  /** Of a hash, in bytes. */
  public static final int LENGTH = 32;

  /** Copied for each use: looking an algorithm up costs as much as hashing an entry. */
  private static final MessageDigest FRESH = lookedUp();

  private Sha256() {}

  /** A digest that nobody else uses. */
  public static MessageDigest digest() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException _) {
      return lookedUp();
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * A copy of a hash.
   *
   * @throws IllegalArgumentException when these are not 32 bytes
   */
  public static byte[] copy(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("32 bytes expected, there are " + bytes.length);
    }
    return bytes.clone();
  }
}
