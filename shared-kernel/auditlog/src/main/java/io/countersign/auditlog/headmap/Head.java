package io.countersign.auditlog.headmap;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Where an aggregate's last entry is: one leaf of a head map.
 *
 * @param key of the aggregate
 * @param sequence of its last entry, from 0
 * @param index of its last entry, from 0; never below the sequence, for indexes are dense
 */
public record Head(HeadKey key, long sequence, long index) {

  /** Key, sequence and index. */
  static final int BYTES = Sha256.LENGTH + 2 * Long.BYTES;

  private static final byte LEAF_PREFIX = 2;

  /** Checks the numbers. */
  public Head {
    if (sequence < 0 || index < sequence) {
      throw new IllegalArgumentException("an entry's index is not below its sequence");
    }
  }

  /** The head of an aggregate. */
  public static Head of(String aggregateId, long sequence, long index) {
    return new Head(HeadKey.of(aggregateId), sequence, index);
  }

  static Head at(byte[] array, int offset) {
    ByteBuffer in = ByteBuffer.wrap(array, offset + Sha256.LENGTH, 2 * Long.BYTES);
    return new Head(
        HeadKey.fromBytes(Arrays.copyOfRange(array, offset, offset + Sha256.LENGTH)),
        in.getLong(),
        in.getLong());
  }

  void copyTo(byte[] array, int offset) {
    ByteBuffer.wrap(array, offset, BYTES).put(key.bytes()).putLong(sequence).putLong(index);
  }

  /** The leaf: SHA-256(0x02 || key || sequence || index). */
  public TreeHash leaf() {
    byte[] bytes = new byte[BYTES];
    copyTo(bytes, 0);
    return leaf(bytes, 0);
  }

  static TreeHash leaf(byte[] array, int offset) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF_PREFIX);
    digest.update(array, offset, BYTES);
    return TreeHash.fromBytes(digest.digest());
  }
}
