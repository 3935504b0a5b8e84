package io.countersign.eventlog.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's token stores date claims by the clock of the node that makes them and judge those of
 * others by their own: a claim of a node that died with its clock five minutes ahead is taken over
 * only five minutes later. This gives all nodes of one database its time.
 */
public final class ClaimClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimClock.class);
  private static final Duration ASK_EVERY = Duration.ofSeconds(30);

  private final DataSource database;
  private final SteadyClock clock;
  private @Nullable Thread thread;

  /**
   * Asks the database.
   *
   * @throws IllegalStateException when it does not answer
   */
  public ClaimClock(DataSource database) {
    this.database = database;
    try {
      this.clock = new SteadyClock(timeOf(database));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot ask the database what time it is", e);
    }
  }

  /** From now on claims of this JVM are dated by it. */
  public synchronized ClaimClock start() {
    AbstractTokenEntry.clock = clock;
    thread = Thread.ofVirtual().name("claim-clock").start(this::follow);
    return this;
  }

  /** The time of the database, as far as it is known: the same on all nodes. */
  public Clock clock() {
    return clock;
  }

  private void follow() {
    while (true) {
      try {
        Thread.sleep(ASK_EVERY);
        ask();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Follows the database's clock when that was set; without an answer it just goes on. */
  void ask() {
    try {
      clock.set(timeOf(database));
    } catch (SQLException e) {
      LOG.debug("the database did not say what time it is, SQLSTATE {}", e.getSQLState());
    }
  }

  private static Instant timeOf(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
