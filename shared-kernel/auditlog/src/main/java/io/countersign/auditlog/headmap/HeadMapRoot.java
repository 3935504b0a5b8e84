package io.countersign.auditlog.headmap;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The root of a head map. Another type than {@link TreeHash}, so that the root of a log, or of the
 * tree inside a map, cannot stand in for it.
 *
 * @param hash SHA-256(0x03 || log size || number of aggregates || root of the tree over the heads)
 */
public record HeadMapRoot(TreeHash hash) {

  private static final byte ROOT_PREFIX = 3;

  /**
   * The root of a map.
   *
   * @param size entries of the log it stands over
   * @param aggregates how many heads it has
   * @param tree root of the tree over them
   */
  public static HeadMapRoot over(long size, long aggregates, TreeHash tree) {
    MessageDigest digest = Sha256.digest();
    digest.update(ROOT_PREFIX);
    digest.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(size).putLong(aggregates).array());
    return new HeadMapRoot(TreeHash.fromBytes(digest.digest(tree.bytes())));
  }

  /**
   * A root as the log records it.
   *
   * @throws IllegalArgumentException when this is not the one base64 text of 32 bytes
   */
  public static HeadMapRoot fromBase64(String text) {
    return new HeadMapRoot(TreeHash.fromBase64(text));
  }

  /** 44 characters, with padding. */
  public String base64() {
    return hash.base64();
  }

  @Override
  public String toString() {
    return base64();
  }
}
