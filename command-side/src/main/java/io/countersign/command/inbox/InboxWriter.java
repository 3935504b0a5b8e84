package io.countersign.command.inbox;

import io.countersign.eventlog.database.OutageLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread stores everything that arrived while the previous commit ran. A receipt
 * completes after its commit, never before.
 */
final class InboxWriter {

  private static final Logger LOG = LoggerFactory.getLogger(InboxWriter.class);
  private static final long MAX_BATCH_BYTES = 16L << 20;
  private static final int CONFLICT_TRIES = 5;

  private final OutageLog outage = new OutageLog(LOG, "deliveries cannot be stored");
  private final ArrivalStore store;
  private final Partitions partitions;
  private final InboxMetrics metrics;
  private final Backlog backlog;
  private final Runnable afterCommit;
  private final int maxBatch;
  private final BlockingQueue<Waiting> queue;
  private volatile boolean running;
  private volatile boolean ended = true;
  private @Nullable Thread thread;
  private @Nullable Waiting carried;

  InboxWriter(
      ArrivalStore store,
      Partitions partitions,
      InboxMetrics metrics,
      Backlog backlog,
      InboxSettings settings,
      Runnable afterCommit) {
    this.store = store;
    this.partitions = partitions;
    this.metrics = metrics;
    this.backlog = backlog;
    this.afterCommit = afterCommit;
    this.maxBatch = settings.maxBatch();
    this.queue = new ArrayBlockingQueue<>(settings.maxQueued());
  }

  synchronized void start() {
    if (thread == null) {
      running = true;
      ended = false;
      thread = Thread.ofPlatform().name("inbox-writer").daemon().start(this::run);
    }
  }

  /** Stores what is queued, then ends. What comes later is refused. */
  synchronized void stop(Duration deadline) {
    running = false;
    Thread current = thread;
    if (current != null) {
      try {
        current.join(deadline);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
    ended = true;
    refuseQueued();
  }

  /**
   * Queues an arrival.
   *
   * @return null when the queue is full or the writer has stopped. The future fails with the reason
   *     when the arrival could not be stored.
   */
  @Nullable CompletableFuture<Receipt> offer(Arrival arrival) {
    var waiting = new Waiting(arrival, new CompletableFuture<>());
    if (!running || !queue.offer(waiting)) {
      return null;
    }
    if (ended) {
      refuseQueued();
    }
    return waiting.receipt;
  }

  private void run() {
    while (running || carried != null || !queue.isEmpty()) {
      try {
        List<Waiting> batch = next();
        if (!batch.isEmpty()) {
          write(batch);
        }
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  private List<Waiting> next() throws InterruptedException {
    List<Waiting> batch = new ArrayList<>();
    long bytes = 0;
    Waiting one = carried == null ? queue.poll(200, TimeUnit.MILLISECONDS) : carried;
    carried = null;
    while (one != null) {
      bytes += one.arrival.sealed().length;
      if (!batch.isEmpty() && bytes > MAX_BATCH_BYTES) {
        carried = one;
        break;
      }
      batch.add(one);
      one = batch.size() < maxBatch ? queue.poll() : null;
    }
    return batch;
  }

  private void write(List<Waiting> batch) {
    try {
      store(batch);
    } catch (SQLException | RuntimeException | Error e) {
      if (batch.size() > 1 && e instanceof SQLException refused && refusesData(refused)) {
        // one row the database will not have: its neighbours pass without it
        batch.forEach(one -> write(List.of(one)));
      } else {
        outage.failed(place(e));
        batch.forEach(one -> one.receipt.completeExceptionally(e));
      }
    }
  }

  private void store(List<Waiting> batch) throws SQLException {
    List<Arrival> arrivals = batch.stream().map(Waiting::arrival).toList();
    arrivals.stream().map(Arrival::day).distinct().forEach(partitions::ensure);
    for (int attempt = 1; ; attempt++) {
      long start = System.nanoTime();
      try {
        List<Receipt> receipts = store.store(arrivals);
        outage.works();
        long repeated = receipts.stream().filter(Receipt::duplicate).count();
        metrics.committed(batch.size(), Duration.ofNanos(System.nanoTime() - start), repeated);
        backlog.add(batch.size() - repeated);
        for (int i = 0; i < batch.size(); i++) {
          if (!receipts.get(i).duplicate()) {
            metrics.stored(arrivals.get(i));
          }
          batch.get(i).receipt.complete(receipts.get(i));
        }
        afterCommit.run();
        return;
      } catch (SQLException e) {
        // deadlock with another node that stores the same deliveries in another order
        if (attempt == CONFLICT_TRIES || !String.valueOf(e.getSQLState()).startsWith("40")) {
          throw e;
        }
      }
    }
  }

  /** Data the server refuses, as opposed to a server or a connection in trouble. */
  private static boolean refusesData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("23");
  }

  private static String place(Throwable e) {
    return e instanceof SQLException sql
        ? e.getClass().getSimpleName() + " " + sql.getSQLState()
        : e.getClass().getName();
  }

  private void refuseQueued() {
    List<Waiting> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(
        one -> one.receipt.completeExceptionally(new IllegalStateException("inbox stopped")));
  }

  private record Waiting(Arrival arrival, CompletableFuture<Receipt> receipt) {}
}
