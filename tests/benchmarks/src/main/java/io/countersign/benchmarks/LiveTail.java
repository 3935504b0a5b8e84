package io.countersign.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log while it is written, in two ways at once: as a plain reader of committed rows, and
 * as a node's stream. Neither may ever see an index that is not the last one plus 1, and what was
 * seen once must stay as it was, also after the server was killed.
 */
final class LiveTail implements AutoCloseable {

  private static final String ROWS =
      """
      select index, entry_hash from eventlog.entry where index >= ? order by index limit 1000
      """;

  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final EventLog node;
  private final Thread rows;
  private final Thread stream;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private volatile long lastRow = -1;
  private volatile long lastEvent = -1;
  private volatile boolean closed;
  private byte @Nullable [] lastHash;

  LiveTail(DatabaseAddress address) {
    this.address = address;
    this.pool = CounterNode.pool(address);
    this.node = CounterNode.log(address, pool);
    this.rows = Thread.ofPlatform().name("tail of rows").start(this::followRows);
    this.stream = Thread.ofPlatform().name("tail of the stream").start(this::followStream);
  }

  /** What was wrong so far. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Waits until both have seen a log of this many entries; a tail that does not come is reported.
   */
  void awaitEnd(long entries) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (lastRow < entries - 1 || lastEvent < entries - 1) {
      if (System.nanoTime() > end) {
        violations.add(
            "of %d entries the rows' tail saw %d, the stream %d"
                .formatted(entries, lastRow + 1, lastEvent + 1));
        return;
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void followRows() {
    while (!closed) {
      try (Connection connection = address.connect("countersign live tail");
          PreparedStatement page = connection.prepareStatement(ROWS)) {
        while (!closed) {
          page.setLong(1, Math.max(0, lastRow));
          try (ResultSet found = page.executeQuery()) {
            look(found);
          }
          LockSupport.parkNanos(1_000_000);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(50_000_000); // the server was killed; it comes back
      }
    }
  }

  private void look(ResultSet found) throws SQLException {
    while (found.next()) {
      long index = found.getLong(1);
      byte[] hash = found.getBytes(2);
      if (lastHash != null && index == lastRow) {
        if (!Arrays.equals(hash, lastHash)) {
          violation("entry " + index + " was seen with another hash before");
        }
        continue;
      }
      if (index != lastRow + 1) {
        violation("a reader saw index " + index + " after " + lastRow);
      }
      lastRow = index;
      lastHash = hash;
    }
  }

  private void followStream() {
    while (!closed) {
      try (BlockingStream<TrackedEventMessage<?>> open =
          node.store().openStream(new GlobalSequenceTrackingToken(lastEvent))) {
        long last = lastEvent;
        while (!closed) {
          if (open.hasNextAvailable(100, TimeUnit.MILLISECONDS)) {
            long index = open.nextAvailable().trackingToken().position().orElseThrow();
            if (index != last + 1) {
              violation("the stream gave index " + index + " after " + last);
            }
            last = index;
            lastEvent = index;
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (IllegalStateException e) {
        violation("the stream failed: " + e.getMessage());
        return;
      } catch (RuntimeException e) {
        LockSupport.parkNanos(50_000_000); // the server was killed; it comes back
      }
    }
  }

  private void violation(String words) {
    if (violations.size() < 20) {
      violations.add(words);
    }
  }

  @Override
  public void close() {
    closed = true;
    stream.interrupt();
    try {
      rows.join();
      stream.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    node.close();
    pool.close();
  }
}
