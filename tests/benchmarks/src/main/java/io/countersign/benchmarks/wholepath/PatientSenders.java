package io.countersign.benchmarks.wholepath;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends notifications at a fixed rate whatever becomes of them, and each that was answered 503
 * again as Azure DevOps does: transient failures are tried eight times more (azure-devops.md 1.5),
 * then the notification is given up. New ones do not wait for old ones.
 */
final class PatientSenders {

  private static final int[] BACKOFF_SECONDS = {1, 2, 4, 8, 16, 32, 60, 60};
  private static final int CONNECTIONS = 200;

  /** More do not fit into this program's memory: they are given up at once. */
  private static final int MOST_AGAIN = 60_000;

  private final Load load;
  private final Visibility visible;
  private final double rate;
  private final BlockingQueue<WebhookConnection> free = new ArrayBlockingQueue<>(CONNECTIONS);
  private final DelayQueue<Again> again = new DelayQueue<>();
  private final LongAdder notifications = new LongAdder();
  private final LongAdder tries = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder other = new LongAdder();

  /** One that was refused so often. */
  private record Again(Work.Item item, int tried, long due) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed that) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), that.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  PatientSenders(ServerUnderLoad server, Load load, Visibility visible, double rate)
      throws IOException {
    this.load = load;
    this.visible = visible;
    this.rate = rate;
    String secret = server.webhookSecret();
    for (int i = 0; i < CONNECTIONS; i++) {
      free.add(new WebhookConnection(server.port, secret));
    }
  }

  /** Sends for so long. What waits to be sent again then is given up. */
  void run(int seconds) throws Exception {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    List<Work.Item> work = List.of();
    int next = 0;
    long sent = 0;
    while (System.nanoTime() < end) {
      for (Again due = again.poll(); due != null; due = again.poll()) {
        send(due.item, due.tried);
      }
      while (System.nanoTime() >= start + (long) (sent / rate * 1e9)) {
        if (next == work.size()) {
          work = load.more((int) rate);
          next = 0;
        }
        send(work.get(next++), 0);
        notifications.increment();
        sent++;
      }
      LockSupport.parkNanos(1_000_000);
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      WebhookConnection connection = free.poll(60, TimeUnit.SECONDS);
      if (connection == null) {
        throw new IllegalStateException("a delivery was not answered in a minute");
      }
      connection.close();
    }
  }

  private void send(Work.Item item, int tried) throws InterruptedException {
    WebhookConnection connection = free.take();
    load.threads.execute(
        () -> {
          tries.increment();
          try {
            WebhookConnection.Answer answer = connection.post(item.body());
            switch (answer.status()) {
              case 202 -> {
                taken.increment();
                load.totals.accepted.increment();
                if (item.news()) {
                  visible.acknowledged(item.workItem(), answer.body());
                }
              }
              case 503 -> {
                refused.increment();
                later(item, tried);
              }
              default -> other.increment();
            }
          } catch (IOException e) {
            other.increment();
          } finally {
            free.add(connection);
          }
        });
  }

  private void later(Work.Item item, int tried) {
    if (tried == BACKOFF_SECONDS.length || again.size() >= MOST_AGAIN) {
      givenUp.increment();
    } else {
      long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACKOFF_SECONDS[tried]);
      again.add(new Again(item, tried + 1, due));
    }
  }

  long notifications() {
    return notifications.sum();
  }

  long tries() {
    return tries.sum();
  }

  long taken() {
    return taken.sum();
  }

  long refused() {
    return refused.sum();
  }

  long givenUp() {
    return givenUp.sum();
  }

  long other() {
    return other.sum();
  }
}
