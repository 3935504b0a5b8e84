package io.countersign.benchmarks.wholepath;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Watches when acknowledged deliveries become rows of the read model. It looks every few
 * milliseconds at some of those it waits for, by primary key: what it costs the database is small
 * and part of what is measured.
 */
final class Visibility implements AutoCloseable {

  private static final int LOOKED_AT = 64;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final String SEEN =
      """
      select d.delivery from unnest(?::text[], ?::text[]) as t(work_item, delivery)
      join rm_workitem_v1.work_item_delivery d on d.work_item = t.work_item and d.delivery = t.delivery
      """;

  private final Connection connection;
  private final ConcurrentLinkedQueue<Waiting> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Histogram micros = new Histogram(3_600_000_000L, 3);
  private final Thread thread;
  private volatile boolean running = true;
  private volatile int outstanding;
  private volatile double lastMillis;

  /** A delivery that was acknowledged at this moment. */
  private record Waiting(String workItem, String delivery, long since) {}

  Visibility(ServerUnderLoad server) throws Exception {
    connection = server.database();
    thread = Thread.ofPlatform().name("visibility").daemon().start(this::run);
  }

  /** A 202 has come for this delivery now. */
  void acknowledged(String workItem, String receipt) {
    int start = receipt.indexOf("\"deliveryId\":\"") + 14;
    acknowledged.add(
        new Waiting(workItem, receipt.substring(start, start + 36), System.nanoTime()));
  }

  /** How many it waits for. */
  int outstanding() {
    return outstanding + acknowledged.size();
  }

  /** What the last one that became visible took. */
  double lastMillis() {
    return lastMillis;
  }

  /** Forgets what was measured, not what is waited for. */
  void reset() {
    synchronized (micros) {
      micros.reset();
    }
  }

  /** A copy of what was measured so far, in microseconds. */
  Histogram measured() {
    synchronized (micros) {
      return micros.copy();
    }
  }

  private void run() {
    while (running) {
      for (Waiting one = acknowledged.poll(); one != null; one = acknowledged.poll()) {
        waiting.put(one.delivery, one);
      }
      try {
        look();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      outstanding = waiting.size();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void look() throws SQLException {
    List<Waiting> some = new ArrayList<>();
    // the oldest, and the newest: order between work items is not promised
    Iterator<Waiting> oldest = waiting.values().iterator();
    while (oldest.hasNext() && some.size() < LOOKED_AT) {
      some.add(oldest.next());
    }
    if (some.isEmpty()) {
      return;
    }
    try (PreparedStatement seen = connection.prepareStatement(SEEN)) {
      seen.setArray(
          1, connection.createArrayOf("text", some.stream().map(Waiting::workItem).toArray()));
      seen.setArray(
          2, connection.createArrayOf("text", some.stream().map(Waiting::delivery).toArray()));
      try (ResultSet rows = seen.executeQuery()) {
        long now = System.nanoTime();
        while (rows.next()) {
          Waiting one = waiting.remove(rows.getString(1));
          if (one != null) {
            lastMillis = (now - one.since) / 1e6;
            synchronized (micros) {
              micros.recordValue(Math.max(1, (now - one.since) / 1_000));
            }
          }
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    running = false;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
