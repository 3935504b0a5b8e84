package io.countersign.auditlog.headmap;

import io.countersign.auditlog.merkle.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A head map word for word as docs/audit-log-format.md defines it, slow and obvious, from nothing
 * but SHA-256.
 */
final class ByDefinition {

  private final SortedMap<String, byte[]> leaves = new TreeMap<>();
  private final long size;

  ByDefinition(long size) {
    this.size = size;
  }

  ByDefinition add(String aggregateId, long sequence, long index) {
    byte[] key = sha256(aggregateId.getBytes(StandardCharsets.UTF_8));
    byte[] numbers = ByteBuffer.allocate(16).putLong(sequence).putLong(index).array();
    leaves.put(HexFormat.of().formatHex(key), sha256(new byte[] {2}, key, numbers));
    return this;
  }

  TreeHash tree() {
    return TreeHash.fromBytes(tree(List.copyOf(leaves.values())));
  }

  String root() {
    byte[] numbers = ByteBuffer.allocate(16).putLong(size).putLong(leaves.size()).array();
    return Base64.getEncoder()
        .encodeToString(sha256(new byte[] {3}, numbers, tree(List.copyOf(leaves.values()))));
  }

  private static byte[] tree(List<byte[]> d) {
    if (d.isEmpty()) {
      return sha256();
    }
    if (d.size() == 1) {
      return d.getFirst();
    }
    int k = Integer.highestOneBit(d.size() - 1);
    return sha256(new byte[] {1}, tree(d.subList(0, k)), tree(d.subList(k, d.size())));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
