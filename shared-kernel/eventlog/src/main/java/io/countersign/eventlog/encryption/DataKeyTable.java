package io.countersign.eventlog.encryption;

import io.countersign.eventlog.LogLock;
import io.countersign.kernel.privacy.KeyOwner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of data keys. Every method is called with a connection of the key ring's own. */
final class DataKeyTable {

  private static final String EPOCH = "select destructions from eventlog.master_key";

  private static final String FIND =
      """
      select id, owner, purpose, wrapped, destroyed_at is not null
      from eventlog.data_key where id = ?
      """;

  private static final String FIND_OWNERS =
      """
      select id, owner, purpose, wrapped, destroyed_at is not null
      from eventlog.data_key where owner = ? and (purpose = ? or destroyed_at is not null)
      order by destroyed_at is not null desc
      limit 1
      """;

  /** One owner at a time: creating and destroying exclude each other on all nodes. */
  private static final String LOCK_OWNER =
      "select pg_advisory_xact_lock(hashtextextended(?, 4849336966747728213))";

  private static final String INSERT =
      """
      insert into eventlog.data_key (id, owner, purpose, wrapped, created_at)
      select ?, ?, ?, ?, ? from eventlog.master_key where check_value = ?
      """;

  private static final String LOCK_LOG = "select pg_advisory_xact_lock(?)";

  private static final String DESTROY =
      """
      update eventlog.data_key set wrapped = null, destroyed_at = ?
      where owner = ? and destroyed_at is null
      """;

  /** An owner that never had a key must not get one after its destruction either. */
  private static final String REMEMBER_DESTROYED =
      """
      insert into eventlog.data_key (id, owner, purpose, wrapped, created_at, destroyed_at)
      select ?, ?, 'none', null, ?, ?
      where not exists (select 1 from eventlog.data_key where owner = ?)
      """;

  private static final String NEXT_EPOCH =
      "update eventlog.master_key set destructions = destructions + 1 returning destructions";

  private DataKeyTable() {}

  static long epoch(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(EPOCH)) {
      return single(statement);
    }
  }

  static Optional<Row> find(Connection connection, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, id);
      return row(statement);
    }
  }

  /** The owner's key for the purpose, or any destroyed key of the owner. */
  static Optional<Row> find(Connection connection, KeyOwner owner, String purpose)
      throws SQLException {
    try (var statement = connection.prepareStatement(FIND_OWNERS)) {
      statement.setString(1, owner.value());
      statement.setString(2, purpose);
      return row(statement);
    }
  }

  static void lockOwner(Connection connection, KeyOwner owner) throws SQLException {
    try (var statement = connection.prepareStatement(LOCK_OWNER)) {
      statement.setString(1, owner.value());
      statement.execute();
    }
  }

  /** False when the database meanwhile belongs to another master key. */
  static boolean insert(Connection connection, Row row, Instant now, byte[] checkValue)
      throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, row.id());
      statement.setString(2, row.owner().value());
      statement.setString(3, row.purpose());
      statement.setBytes(4, row.wrapped());
      statement.setObject(5, now.atOffset(ZoneOffset.UTC));
      statement.setBytes(6, checkValue);
      return statement.executeUpdate() == 1;
    }
  }

  /** How many keys were destroyed. Holds the lock of the log until the transaction ends. */
  static int destroy(Connection connection, KeyOwner owner, UUID tombstone, Instant now)
      throws SQLException {
    try (var lock = connection.prepareStatement(LOCK_LOG);
        var destroy = connection.prepareStatement(DESTROY);
        var remember = connection.prepareStatement(REMEMBER_DESTROYED)) {
      lock.setLong(1, LogLock.KEY);
      lock.execute();
      destroy.setObject(1, now.atOffset(ZoneOffset.UTC));
      destroy.setString(2, owner.value());
      int destroyed = destroy.executeUpdate();
      remember.setObject(1, tombstone);
      remember.setString(2, owner.value());
      remember.setObject(3, now.atOffset(ZoneOffset.UTC));
      remember.setObject(4, now.atOffset(ZoneOffset.UTC));
      remember.setString(5, owner.value());
      remember.executeUpdate();
      return destroyed;
    }
  }

  static long nextEpoch(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(NEXT_EPOCH)) {
      return single(statement);
    }
  }

  private static long single(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException(
            "the database knows no master key: open the master key file before the key ring");
      }
      return rows.getLong(1);
    }
  }

  private static Optional<Row> row(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Row(
              rows.getObject(1, UUID.class),
              new KeyOwner(rows.getString(2)),
              rows.getString(3),
              rows.getBytes(4),
              rows.getBoolean(5)));
    }
  }

  /** One key, wrapped; without bytes when destroyed. */
  record Row(
      UUID id, KeyOwner owner, String purpose, byte @Nullable [] wrapped, boolean destroyed) {}
}
