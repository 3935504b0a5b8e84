package io.countersign.eventlog.encryption;

import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for one node which destroyed keys it no longer holds in memory, so that an erasure can be
 * certified. Every {@link JdbcKeyRing#STALENESS} it looks how often keys were destroyed; when that
 * has changed it makes the key ring drop them, used or not, and then announces it in {@code
 * eventlog.key_holder}.
 *
 * <p>It holds an advisory lock on a connection of its own. So a node that is stopped or slow counts
 * for as long as its session lives, however long that is; a node that ended does not. A node that
 * loses its session drops all its keys and, once back, announces itself anew.
 */
public final class KeyHolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeyHolder.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private static final String LOCK = "select pg_advisory_lock(" + KeyHolders.LOCK_OF_NODE + ")";

  private static final String ANNOUNCE =
      """
      insert into eventlog.key_holder (node, destructions, announced_at) values (?, ?, ?)
      on conflict (node) do update
      set destructions = excluded.destructions, announced_at = excluded.announced_at
      """;

  private static final String LEAVE = "delete from eventlog.key_holder where node = ?";

  private final DatabaseAddress address;
  private final JdbcKeyRing keys;
  private final Clock clock;
  private final UUID node;
  private final Semaphore end = new Semaphore(0);
  private @Nullable Thread thread;
  private @Nullable Connection connection;
  private long announced = -1;
  private boolean troubled;

  /**
   * Of a node.
   *
   * @param address for its own connection
   * @param keys whose keys it speaks for
   * @param node random; another one at each start
   */
  public KeyHolder(DatabaseAddress address, JdbcKeyRing keys, Clock clock, UUID node) {
    this.address = address;
    this.keys = keys;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Announces the node, then goes on in a thread of its own.
   *
   * @throws IllegalStateException when the database does not answer
   */
  public void start() {
    try {
      look();
    } catch (SQLException e) {
      throw new IllegalStateException("the node cannot announce that it holds keys", e);
    }
    thread = Thread.ofPlatform().name("countersign-keys").daemon(true).start(this::run);
  }

  private void run() {
    while (!ended()) {
      try {
        look();
        if (troubled) {
          LOG.info("this node is announced as a holder of keys again");
          troubled = false;
        }
      } catch (SQLException | RuntimeException e) {
        disconnect();
        keys.dropAll();
        if (!troubled) {
          LOG.warn(
              "this node holds no keys until its database answers: {}", e.getClass().getName());
          troubled = true;
        }
      }
    }
  }

  /** Looks once. Drops before it announces; never the other way round. */
  public void look() throws SQLException {
    Connection session = connection;
    if (session == null) {
      session = address.connect("countersign-key-holder");
      connection = session;
      session.setNetworkTimeout(Runnable::run, DatabaseAddress.SILENCE_SECONDS * 1_000);
      try (var lock = session.prepareStatement(LOCK)) {
        lock.setString(1, node.toString());
        lock.execute();
      }
      announced = -1;
    }
    long destructions = DataKeyTable.epoch(session);
    keys.drop(destructions);
    if (destructions != announced) {
      try (var announce = session.prepareStatement(ANNOUNCE)) {
        announce.setObject(1, node);
        announce.setLong(2, destructions);
        announce.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
        announce.executeUpdate();
      }
      announced = destructions;
    }
  }

  private boolean ended() {
    try {
      return end.tryAcquire(JdbcKeyRing.STALENESS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void disconnect() {
    Connection session = connection;
    connection = null;
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException e) {
      LOG.debug("the session had ended already", e);
    }
  }

  /** Takes the node's row away: it holds nothing any more once its keys are dropped. */
  @Override
  public void close() {
    end.release();
    try {
      if (thread != null && !thread.join(STOP)) {
        LOG.warn("the holder of keys did not end in {}", STOP);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    keys.dropAll();
    Connection session = connection;
    if (session != null) {
      try (var leave = session.prepareStatement(LEAVE)) {
        leave.setObject(1, node);
        leave.executeUpdate();
      } catch (SQLException e) {
        LOG.debug("the row stays, without a lock", e);
      }
    }
    disconnect();
  }
}
