package io.countersign.eventlog.encryption;

import io.countersign.eventlog.LogLock;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
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
      select asked.slot, k.id, k.owner, k.purpose, k.wrapped, k.destroyed_at is not null
      from unnest(?::text[], ?::text[]) with ordinality asked (owner, purpose, slot)
      cross join lateral (
        select d.id, d.owner, d.purpose, d.wrapped, d.destroyed_at
        from eventlog.data_key d
        where d.owner = asked.owner and (d.purpose = asked.purpose or d.destroyed_at is not null)
        order by d.destroyed_at is not null desc
        limit 1) k
      """;

  /** One owner at a time: creating and destroying exclude each other on all nodes. */
  private static final String LOCK_OWNER =
      "select pg_advisory_xact_lock(hashtextextended(?, 4849336966747728213))";

  /** The same locks, of several owners, by all nodes in the same order. */
  private static final String LOCK_OWNERS =
      """
      select pg_advisory_xact_lock(l.key)
      from (
        select distinct hashtextextended(o, 4849336966747728213) as key
        from unnest(?::text[]) o
        order by key) l
      """;

  /** Only where the owner has none for the purpose, and none that was destroyed. */
  private static final String INSERT =
      """
      insert into eventlog.data_key (id, owner, purpose, wrapped, created_at)
      select n.id, n.owner, n.purpose, n.wrapped, ?
      from unnest(?::uuid[], ?::text[], ?::text[], ?::bytea[]) n (id, owner, purpose, wrapped)
      where exists (select from eventlog.master_key where check_value = ?)
        and not exists (
          select from eventlog.data_key d
          where d.owner = n.owner and (d.purpose = n.purpose or d.destroyed_at is not null))
      """;

  /**
   * One round trip, three statements: each sees what was committed before it began, so that the
   * last two see what others did until the first had its locks.
   */
  private static final String CREATE = LOCK_OWNERS + ";" + INSERT + ";" + FIND_OWNERS;

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

  private static final String DESTROYED =
      """
      select id, purpose
      from eventlog.data_key
      where owner = ? and destroyed_at is not null and purpose <> 'none'
      order by created_at, id
      """;

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

  /** The owner's key for the purpose, or any destroyed key of the owner; null where is neither. */
  static List<@Nullable Row> find(Connection connection, List<Wanted> wanted) throws SQLException {
    try (var statement = connection.prepareStatement(FIND_OWNERS)) {
      setWanted(statement, 1, wanted);
      try (var rows = statement.executeQuery()) {
        return bySlot(rows, wanted.size());
      }
    }
  }

  static void lockOwner(Connection connection, KeyOwner owner) throws SQLException {
    try (var statement = connection.prepareStatement(LOCK_OWNER)) {
      statement.setString(1, owner.value());
      statement.execute();
    }
  }

  /**
   * Stores new keys where there are none, and says which there are then: one's own, one that was
   * made meanwhile, or a destroyed one. Null where is none, because the database meanwhile belongs
   * to another master key.
   */
  static List<@Nullable Row> create(
      Connection connection, List<Row> created, Instant now, byte[] checkValue)
      throws SQLException {
    List<Wanted> wanted =
        created.stream().map(row -> new Wanted(row.owner(), row.purpose())).toList();
    try (var statement = connection.prepareStatement(CREATE)) {
      Array owners = array(statement, "text", created, row -> row.owner().value(), String[]::new);
      statement.setArray(1, owners);
      statement.setObject(2, now.atOffset(ZoneOffset.UTC));
      statement.setArray(3, array(statement, "uuid", created, Row::id, UUID[]::new));
      statement.setArray(4, owners);
      statement.setArray(5, array(statement, "text", created, Row::purpose, String[]::new));
      statement.setArray(6, array(statement, "bytea", created, Row::wrapped, byte[][]::new));
      statement.setBytes(7, checkValue);
      setWanted(statement, 8, wanted);
      statement.execute();
      // after the locks and the count of new rows
      statement.getMoreResults();
      statement.getMoreResults();
      try (var rows = statement.getResultSet()) {
        return bySlot(rows, wanted.size());
      }
    }
  }

  private static void setWanted(PreparedStatement statement, int parameter, List<Wanted> wanted)
      throws SQLException {
    statement.setArray(
        parameter, array(statement, "text", wanted, one -> one.owner().value(), String[]::new));
    statement.setArray(
        parameter + 1, array(statement, "text", wanted, Wanted::purpose, String[]::new));
  }

  private static <T> Array array(
      PreparedStatement statement,
      String type,
      List<T> rows,
      Function<T, @Nullable Object> value,
      IntFunction<Object[]> array)
      throws SQLException {
    Object[] values = rows.stream().map(value).toArray(array);
    return statement.getConnection().createArrayOf(type, values);
  }

  private static List<@Nullable Row> bySlot(ResultSet rows, int slots) throws SQLException {
    List<@Nullable Row> found = new ArrayList<>(Collections.nCopies(slots, null));
    while (rows.next()) {
      found.set(rows.getInt(1) - 1, row(rows, 2));
    }
    return found;
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

  static List<DestroyedKey> destroyed(Connection connection, KeyOwner owner) throws SQLException {
    try (var statement = connection.prepareStatement(DESTROYED)) {
      statement.setString(1, owner.value());
      List<DestroyedKey> keys = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(new DestroyedKey(rows.getObject(1, UUID.class), owner, rows.getString(2)));
        }
      }
      return keys;
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
      return Optional.of(row(rows, 1));
    }
  }

  static Row row(ResultSet rows, int column) throws SQLException {
    return new Row(
        rows.getObject(column, UUID.class),
        new KeyOwner(rows.getString(column + 1)),
        rows.getString(column + 2),
        rows.getBytes(column + 3),
        rows.getBoolean(column + 4));
  }

  /** Whose key for what. */
  record Wanted(KeyOwner owner, String purpose) {}

  /** One key, wrapped; without bytes when destroyed. */
  record Row(
      UUID id, KeyOwner owner, String purpose, byte @Nullable [] wrapped, boolean destroyed) {}
}
