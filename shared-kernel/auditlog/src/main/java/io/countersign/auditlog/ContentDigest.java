package io.countersign.auditlog;

import io.countersign.auditlog.hash.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of the stored payload or metadata bytes of an event, as stored: after encryption. */
public final class ContentDigest {

  private final byte[] bytes;

  private ContentDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The digest of these bytes. */
  public static ContentDigest of(byte[] content) {
    return new ContentDigest(Sha256.digest().digest(content));
  }

  /**
   * A digest that was computed before.
   *
   * @throws IllegalArgumentException when these are not 32 bytes
   */
  public static ContentDigest fromBytes(byte[] bytes) {
    return new ContentDigest(Sha256.copy(bytes));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentDigest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
