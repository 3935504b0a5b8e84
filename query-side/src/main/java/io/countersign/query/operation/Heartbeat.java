package io.countersign.query.operation;

import io.countersign.query.operation.OperationTable.Standing;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.ReplayStoppedException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a node is at an operation and how far, from a thread of its own: some steps take
 * longer than a lease. What it is told is passed on when the operation says next how far it is.
 */
final class Heartbeat implements ReplayProgress, AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final OperationTable table;
  private final UUID operation;
  private final String node;
  private final BooleanSupplier running;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String phase;
  private volatile long done;
  private volatile long all = -1;
  private volatile Standing standing = Standing.GO_ON;

  /**
   * Begins.
   *
   * @param running whether this node goes on
   */
  Heartbeat(OperationTable table, UUID operation, String node, BooleanSupplier running) {
    this.table = table;
    this.operation = operation;
    this.node = node;
    this.running = running;
    this.thread = Thread.ofVirtual().name("projection-heartbeat").start(this::beat);
  }

  private void beat() {
    try {
      do {
        try {
          beatOnce();
        } catch (RuntimeException databaseAway) {
          // the operation's own statements fail as well and tell of it
        }
      } while (standing == Standing.GO_ON
          && !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows at once how far it is. */
  void beatOnce() {
    standing = table.renew(operation, node, phase, done, all);
  }

  @Override
  public void phase(String begun) {
    done = 0;
    all = -1;
    phase = begun;
  }

  @Override
  public void at(long entries, long of) {
    done = entries;
    all = of;
    if (!running.getAsBoolean()) {
      throw new ReplayStoppedException("the node stops");
    }
    if (standing == Standing.CANCELED) {
      throw new CanceledException();
    }
    if (standing == Standing.LOST) {
      throw new ReplayStoppedException("another node is at it");
    }
  }

  /** Without an interrupt: that would close the socket of a connection in use. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody no longer wants it. */
  static final class CanceledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CanceledException() {
      super("canceled");
    }
  }
}
