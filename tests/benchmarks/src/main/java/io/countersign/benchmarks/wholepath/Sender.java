package io.countersign.benchmarks.wholepath;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One sender with work items of its own: it sends in order, one after the other, and again what was
 * not taken.
 */
final class Sender {

  private final WebhookConnection connection;
  private final List<Work.Item> work;
  private final Totals totals;
  private int next;

  /** What all senders counted. */
  static final class Totals {
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final Histogram answerMicros = new ConcurrentHistogram(3_600_000_000L, 3);
  }

  Sender(ServerUnderLoad server, List<Work.Item> work, Totals totals) throws IOException {
    this.connection = new WebhookConnection(server.port, server.webhookSecret());
    this.work = work;
    this.totals = totals;
  }

  /** Whether there is something left to send. */
  boolean hasMore() {
    return next < work.size();
  }

  /**
   * Sends the next one until it is taken.
   *
   * @param due when it should have been sent; what it waited before is part of its answer time
   * @param visible told of it; null for none
   */
  void sendNext(long due, @Nullable Visibility visible) throws InterruptedException {
    Work.Item item = work.get(next++);
    while (true) {
      try {
        WebhookConnection.Answer answer = connection.post(item.body());
        if (answer.status() == 202) {
          totals.accepted.increment();
          totals.answerMicros.recordValue(Math.max(1, (System.nanoTime() - due) / 1_000));
          if (visible != null && item.news()) {
            visible.acknowledged(item.workItem(), answer.body());
          }
          return;
        }
        totals.refused.increment();
        TimeUnit.SECONDS.sleep(Math.max(1, answer.retryAfterSeconds()));
      } catch (IOException e) {
        totals.failed.increment();
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }
}
