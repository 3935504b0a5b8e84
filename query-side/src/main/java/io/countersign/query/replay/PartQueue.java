package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from the reader of the log to a part that works on a thread of its own.
 * Bounded: the reader waits for a part that is behind.
 */
public final class PartQueue {

  private static final int CHUNKS = 8;
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private volatile @Nullable Throwable failure;
  private volatile boolean stopped;

  /**
   * Events of the part, and how far the log was read for it.
   *
   * @param upTo every event of the part up to this entry is in this chunk or one before it
   * @param last whether nothing comes after it
   */
  public record Chunk(List<StoredEvent> events, long upTo, boolean last) {}

  /** Hands over a chunk, waiting for room; throws what the part failed with. */
  void put(Chunk chunk) throws InterruptedException {
    do {
      rethrow();
    } while (!chunks.offer(chunk, LOOK_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** The next chunk, waiting for it; nothing once it was stopped. */
  public @Nullable Chunk next() throws InterruptedException {
    Chunk chunk = null;
    while (chunk == null && !stopped) {
      chunk = chunks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return stopped ? null : chunk;
  }

  /** The part takes no more. */
  public void fail(Throwable cause) {
    failure = cause;
  }

  /** Throws what the part failed with, if it has. */
  public void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException failed -> throw failed;
      case Throwable failed -> throw new IllegalStateException("a part of a replay ended", failed);
    }
  }

  /** Has the part end as soon as it can. */
  public void stop() {
    stopped = true;
  }
}
