package io.countersign.auditlog;

import io.countersign.auditlog.hash.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Hash of an entry: the RFC 6962 leaf hash SHA-256(0x00 || entry bytes). Another type than {@link
 * ContentDigest}, so that one cannot stand in for the other.
 */
public final class EntryHash {

  /** What the first entry names as its predecessor: 32 zero bytes. */
  public static final EntryHash NONE = new EntryHash(new byte[Sha256.LENGTH]);

  private static final byte LEAF_PREFIX = 0;

  private final byte[] bytes;

  private EntryHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of these entry bytes. */
  public static EntryHash of(byte[] entry) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF_PREFIX);
    return new EntryHash(digest.digest(entry));
  }

  /**
   * A hash that was computed before.
   *
   * @throws IllegalArgumentException when these are not 32 bytes
   */
  public static EntryHash fromBytes(byte[] bytes) {
    return new EntryHash(Sha256.copy(bytes));
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
    return other instanceof EntryHash hash && Arrays.equals(bytes, hash.bytes);
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
