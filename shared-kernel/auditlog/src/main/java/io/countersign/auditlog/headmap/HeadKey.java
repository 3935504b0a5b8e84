package io.countersign.auditlog.headmap;

import io.countersign.auditlog.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * What an aggregate is called in a head map: SHA-256 of its id. So all keys are equally long, and a
 * proof does not tell the ids of the neighbors.
 */
public final class HeadKey implements Comparable<HeadKey> {

  private final byte[] bytes;

  private HeadKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key of an aggregate id. */
  public static HeadKey of(String aggregateId) {
    return new HeadKey(Sha256.digest().digest(aggregateId.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A key that was computed before.
   *
   * @throws IllegalArgumentException when these are not 32 bytes
   */
  public static HeadKey fromBytes(byte[] bytes) {
    return new HeadKey(Sha256.copy(bytes));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 44 characters, with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** In the order of the map: byte by byte, unsigned. */
  @Override
  public int compareTo(HeadKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** Whether the same 32 bytes stand at a place of an array: less than 0, 0, or more than 0. */
  int compareTo(byte[] array, int offset) {
    return Arrays.compareUnsigned(bytes, 0, Sha256.LENGTH, array, offset, offset + Sha256.LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeadKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
