package io.countersign.command.webhook;

import io.countersign.command.inbox.ByteBudget;
import io.countersign.command.inbox.Incoming;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

/**
 * Keeps one request's raw body as it comes in. Of an oversized one only the beginning is kept, to
 * tell what it was.
 */
final class BodyIntake {

  private static final int KEPT_OF_OVERSIZED = 64 << 10;

  /** What an announced length is believed before a byte has come. */
  private static final int FIRST = 16 << 10;

  private static final MessageDigest FRESH = lookedUp();

  private final int limit;
  private final ByteBudget.Share share;
  private final MessageDigest digest = sha256();
  private byte[] kept;
  private int length;
  private long size;
  private boolean oversized;

  /**
   * Nothing yet.
   *
   * @param announced the length of the body as its sender says; only a hint
   */
  BodyIntake(int limit, long announced, ByteBudget.Share share) {
    this.limit = limit;
    this.share = share;
    this.kept = new byte[Math.clamp(announced, 256, FIRST)];
  }

  /** One more part; false when there is no memory for it. */
  boolean take(ByteBuf part) {
    int bytes = part.readableBytes();
    size += bytes;
    if (oversized) {
      digest.update(part.nioBuffer());
      return true;
    }
    if (!share.take(bytes)) {
      return false;
    }
    if (kept.length - length < bytes) {
      kept = Arrays.copyOf(kept, Math.max(length + bytes, Math.min(2 * length, limit)));
    }
    part.readBytes(kept, length, bytes);
    digest.update(kept, length, bytes);
    length += bytes;
    if (size > limit) {
      oversized = true;
      length = Math.min(limit, KEPT_OF_OVERSIZED);
      kept = Arrays.copyOf(kept, length);
    }
    return true;
  }

  /** Whether there was more than the limit: what comes behind it changes nothing. */
  boolean isOversized() {
    return oversized;
  }

  /** All of it. */
  Incoming finish(Map<String, String> headers) {
    byte[] body = length == kept.length ? kept : Arrays.copyOf(kept, length);
    return new Incoming(headers, body, size, digest.digest(), oversized);
  }

  /** Not yet fed. */
  static MessageDigest sha256() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return lookedUp();
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
