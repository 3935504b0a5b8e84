package io.countersign.command.webhook;

import io.countersign.command.inbox.ByteBudget;
import io.countersign.command.inbox.Incoming;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads one request's raw body. An oversized one is read to its end (else the sender might never
 * see our answer) but only its beginning is kept, to tell what it was.
 */
final class BodyIntake {

  private static final int KEPT_OF_OVERSIZED = 64 << 10;

  private final int limit;
  private final ByteBudget.Share share;
  private final MessageDigest digest = sha256();
  private ByteArrayOutputStream kept = new ByteArrayOutputStream(4096);
  private long size;
  private boolean oversized;
  private boolean complete;

  BodyIntake(int limit, ByteBudget.Share share) {
    this.limit = limit;
    this.share = share;
  }

  /** There is no memory for this body right now, or it came too slowly. */
  static final class NotTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotTaken(String code) {
      super(code, null, false, false);
    }

    String code() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Everything up to the end of the body or the given signal.
   *
   * @return fails with {@link NotTaken}, or with what the connection failed with
   */
  Mono<Incoming> read(Flux<DataBuffer> body, Map<String, String> headers, Mono<Long> tooLate) {
    return body.doOnComplete(() -> complete = true)
        .takeUntilOther(tooLate)
        .doOnNext(this::take)
        .then(Mono.fromSupplier(() -> finish(headers)));
  }

  private void take(DataBuffer buffer) {
    try {
      byte[] bytes = new byte[buffer.readableByteCount()];
      buffer.read(bytes);
      size += bytes.length;
      digest.update(bytes);
      if (!oversized) {
        keep(bytes);
      }
    } finally {
      DataBufferUtils.release(buffer);
    }
  }

  private void keep(byte[] bytes) {
    if (!share.take(bytes.length)) {
      throw new NotTaken("memory");
    }
    kept.writeBytes(bytes);
    if (size > limit) {
      oversized = true;
      byte[] beginning = Arrays.copyOf(kept.toByteArray(), Math.min(limit, KEPT_OF_OVERSIZED));
      kept = new ByteArrayOutputStream(beginning.length);
      kept.writeBytes(beginning);
    }
  }

  private Incoming finish(Map<String, String> headers) {
    if (!complete && !oversized) {
      throw new NotTaken("slow-body");
    }
    return new Incoming(headers, kept.toByteArray(), size, digest.digest(), oversized);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
