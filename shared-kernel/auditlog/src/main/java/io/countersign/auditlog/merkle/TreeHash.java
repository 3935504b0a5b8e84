package io.countersign.auditlog.merkle;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.hash.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Hash of a tree or of a node in it (RFC 6962 §2.1): a leaf is the hash of its entry, a node is
 * SHA-256(0x01 || left || right), and the empty tree is SHA-256 of nothing.
 */
public final class TreeHash {

  /** Of a tree without leaves. */
  public static final TreeHash EMPTY = new TreeHash(Sha256.digest().digest());

  private static final byte NODE_PREFIX = 1;

  private final byte[] bytes;

  private TreeHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The leaf of an entry. */
  public static TreeHash leaf(EntryHash entry) {
    return new TreeHash(entry.bytes());
  }

  /** The node over two. */
  public static TreeHash node(TreeHash left, TreeHash right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE_PREFIX);
    digest.update(left.bytes);
    return new TreeHash(digest.digest(right.bytes));
  }

  /**
   * A hash that was computed before.
   *
   * @throws IllegalArgumentException when these are not 32 bytes
   */
  public static TreeHash fromBytes(byte[] bytes) {
    return new TreeHash(Sha256.copy(bytes));
  }

  /**
   * A hash as it stands in checkpoints and proofs.
   *
   * @throws IllegalArgumentException when this is not the one base64 text of 32 bytes
   */
  public static TreeHash fromBase64(String text) {
    TreeHash hash = fromBytes(Base64.getDecoder().decode(text));
    if (!hash.base64().equals(text)) {
      throw new IllegalArgumentException("not the canonical base64 of its bytes");
    }
    return hash;
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes into an array. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /** 44 characters, with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** 64 lower case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
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
