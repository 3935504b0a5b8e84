package io.countersign.eventlog.stream;

import io.countersign.eventlog.LogLock;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.OutageLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of the commits of all nodes, on a connection of its own. */
final class LogListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  /** There may be anything new. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Silence after which it is found out whether there is still somebody to be heard. */
  private static final long ASK_AFTER_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final OutageLog outage =
      new OutageLog(LOG, "not listening for commits, the poll goes on");
  private final DatabaseAddress address;
  private final Duration poll;
  private final LongConsumer heard;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Connection connection;

  /**
   * Does not start yet.
   *
   * @param heard told the last index of the log, {@link #UNKNOWN} when only that it may have grown
   */
  LogListener(DatabaseAddress address, Duration poll, LongConsumer heard) {
    this.address = address;
    this.poll = poll;
    this.heard = heard;
    this.thread = Thread.ofPlatform().name("countersign-listen").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try (Connection listening = address.connect("countersign listen")) {
        connection = listening;
        // else a line that went silent without being cut would be listened to for ever
        listening.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER_WITHIN.toMillis()));
        ask(listening, "listen " + LogLock.CHANNEL);
        outage.works();
        heard.accept(UNKNOWN); // what was committed while nobody listened
        PGConnection postgres = listening.unwrap(PGConnection.class);
        long lastWord = System.nanoTime();
        while (!closed) {
          PGNotification[] notifications =
              postgres.getNotifications(Math.toIntExact(poll.toMillis()));
          if (notifications != null && notifications.length > 0) {
            lastWord = System.nanoTime();
            heard.accept(last(notifications));
          } else if (System.nanoTime() - lastWord > ASK_AFTER_NANOS) {
            ask(listening, "select 1");
            lastWord = System.nanoTime();
          }
        }
      } catch (SQLException e) {
        if (!closed) {
          outage.failed("SQLSTATE " + e.getSQLState());
          LockSupport.parkNanos(poll.toNanos());
        }
      } finally {
        connection = null;
      }
    }
  }

  private static void ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Notifications come in the order of commits; the text of ours is the last index. */
  private static long last(PGNotification[] notifications) {
    try {
      return Long.parseLong(notifications[notifications.length - 1].getParameter());
    } catch (NumberFormatException _) {
      return UNKNOWN;
    }
  }

  @Override
  public void close() {
    closed = true;
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException ignored) {
        // it is gone
      }
    }
    LockSupport.unpark(thread);
  }
}
