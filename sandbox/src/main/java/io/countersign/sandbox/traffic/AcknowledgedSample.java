package io.countersign.sandbox.traffic;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands one acknowledged update after the other to whoever asks; costs nothing when nobody asks.
 */
final class AcknowledgedSample {

  private final SynchronousQueue<Acknowledged> queue = new SynchronousQueue<>();

  /**
   * An update of a work item that was acknowledged.
   *
   * @param item work item id
   * @param delivery delivery id
   * @param atNanos when, on the clock of {@link System#nanoTime()}
   */
  record Acknowledged(String item, String delivery, long atNanos) {}

  /** Given to whoever waits for one. */
  void offer(Planned planned, Receipt receipt, long atNanos) {
    Told.Item item = planned.told().item();
    if (item != null && item.update() > 0 && planned.kind() == Kind.GOOD && !receipt.duplicate()) {
      queue.offer(new Acknowledged(item.id(), receipt.delivery(), atNanos));
    }
  }

  @Nullable Acknowledged next(long millis) throws InterruptedException {
    return queue.poll(millis, TimeUnit.MILLISECONDS);
  }
}
