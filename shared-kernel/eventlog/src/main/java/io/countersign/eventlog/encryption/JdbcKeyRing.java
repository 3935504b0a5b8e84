package io.countersign.eventlog.encryption;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.SharedWrite;
import io.countersign.eventlog.encryption.DataKeyTable.Wanted;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Data keys in {@code eventlog.data_key}, wrapped by the master key. Uses a pool of two connections
 * of its own: a key is committed before it is handed out, whatever transaction the caller is in,
 * and callers that hold a connection never wait for another one of the same pool. Callers that want
 * keys meanwhile share the next transaction: new owners cost no flush each.
 *
 * <p>Keys are cached. A key destroyed by another node is served for at most {@link #STALENESS}
 * afterwards: then the number of destructions is read again, and when it changed the cache is
 * dropped. What was sealed in that second is refused by the append, which looks under the lock.
 */
public final class JdbcKeyRing implements KeyRing, AutoCloseable {

  /** How long a key destroyed elsewhere may still be served from the cache. */
  public static final Duration STALENESS = Duration.ofSeconds(1);

  private static final int CACHED_KEYS = 10_000;
  private static final int CREATED_AT_ONCE = 500;
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private final HikariDataSource connections;
  private final MasterKey masterKey;
  private final Clock clock;
  private final SecureRandom random;
  private final KeyCache cache = new KeyCache(CACHED_KEYS);
  private final SharedWrite<Wanted, Kept> creating =
      new SharedWrite<>(CREATED_AT_ONCE, this::findOrCreate);
  private volatile Instant checkedAt = Instant.MIN;

  /**
   * A key ring on a migrated database whose master key is open.
   *
   * @param address where; not a pool, so that nothing is shared with callers
   * @param clock for times of creation and destruction, and the age of the cache
   * @param random for keys, ids and nonces
   */
  public JdbcKeyRing(
      DatabaseAddress address, MasterKey masterKey, Clock clock, SecureRandom random) {
    var config = new HikariConfig();
    config.setPoolName("countersign-keys");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "countersign-keys");
    config.addDataSourceProperty("socketTimeout", DatabaseAddress.SILENCE_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.setConnectionInitSql(DatabaseAddress.WAIT_FOR_DISK);
    this.connections = new HikariDataSource(config);
    this.masterKey = masterKey;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public DataKey keyFor(KeyOwner owner, String purpose) {
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException("not a purpose: lower case letters, digits and dashes");
    }
    refresh();
    return cache.get(owner, purpose).orElseGet(() -> readOrCreate(owner, purpose));
  }

  @Override
  public Lookup find(UUID id) {
    refresh();
    Optional<DataKey> cached = cache.get(id);
    if (cached.isPresent()) {
      return new Lookup.Found(cached.get());
    }
    long epoch = cache.epoch();
    Optional<DataKeyTable.Row> row =
        inTransaction("find a key", connection -> DataKeyTable.find(connection, id));
    if (row.isEmpty()) {
      return new Lookup.Unknown(id);
    }
    return row.get().destroyed() ? new Lookup.Destroyed(id) : unwrapped(row.get(), epoch);
  }

  @Override
  public int destroy(KeyOwner owner) {
    record Outcome(int destroyed, long epoch) {}
    Outcome outcome =
        inTransaction(
            "destroy keys",
            connection -> {
              DataKeyTable.lockOwner(connection, owner);
              int destroyed = DataKeyTable.destroy(connection, owner, randomId(), clock.instant());
              return new Outcome(destroyed, DataKeyTable.nextEpoch(connection));
            });
    cache.enter(outcome.epoch());
    return outcome.destroyed();
  }

  @Override
  public long destructions() {
    refresh();
    return cache.epoch();
  }

  /** All keys of an owner that were destroyed, in the order they were made. */
  public List<DestroyedKey> destroyed(KeyOwner owner) {
    return inTransaction(
        "list destroyed keys", connection -> DataKeyTable.destroyed(connection, owner));
  }

  /** Drops what was read before so many destructions. */
  void drop(long destructions) {
    cache.enter(destructions);
  }

  /** Drops every key: they are read again when somebody needs them. */
  void dropAll() {
    cache.clear();
  }

  /** Closes the connections. */
  @Override
  public void close() {
    connections.close();
  }

  private DataKey readOrCreate(KeyOwner owner, String purpose) {
    Kept kept;
    try {
      kept = creating.write(new Wanted(owner, purpose));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot find or create a key", e);
    }
    DataKeyTable.Row row = kept.row();
    if (row.destroyed()) {
      throw new KeyDestroyedException(owner, row.id());
    }
    return switch (unwrapped(row, kept.epoch())) {
      case Lookup.Found found -> found.key();
      case Lookup.Destroyed _, Lookup.Unknown _ ->
          throw new IllegalStateException(
              "key " + row.id() + " was not wrapped by this master key, or its row was changed");
    };
  }

  /** What all callers that wait want: what is there needs no lock, the rest is made at once. */
  private List<Kept> findOrCreate(List<Wanted> requests) throws SQLException {
    long epoch = cache.epoch();
    List<Wanted> wanted = requests.stream().distinct().toList();
    Map<Wanted, DataKeyTable.Row> rows =
        inTransaction(
            connection -> {
              var found = byWanted(wanted, DataKeyTable.find(connection, wanted));
              List<Wanted> missing =
                  wanted.stream().filter(one -> !found.containsKey(one)).toList();
              if (!missing.isEmpty()) {
                List<DataKeyTable.Row> created = missing.stream().map(this::wrapped).toList();
                found.putAll(
                    byWanted(
                        missing,
                        DataKeyTable.create(
                            connection, created, clock.instant(), masterKey.checkValue())));
              }
              if (found.size() < wanted.size()) {
                throw new IllegalStateException(
                    "the database now belongs to another master key: restart with the right one");
              }
              return found;
            });
    return requests.stream()
        .map(one -> new Kept(Objects.requireNonNull(rows.get(one)), epoch))
        .toList();
  }

  private static Map<Wanted, DataKeyTable.Row> byWanted(
      List<Wanted> wanted, List<DataKeyTable.@Nullable Row> rows) {
    Map<Wanted, DataKeyTable.Row> found = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      DataKeyTable.Row row = rows.get(i);
      if (row != null) {
        found.put(wanted.get(i), row);
      }
    }
    return found;
  }

  private DataKeyTable.Row wrapped(Wanted wanted) {
    byte[] secret = new byte[Aead.KEY_BYTES];
    random.nextBytes(secret);
    var key = new DataKey(randomId(), new SecretKeySpec(secret, "AES"));
    byte[] wrapped = masterKey.wrap(key, wanted.owner(), wanted.purpose(), random);
    return new DataKeyTable.Row(key.id(), wanted.owner(), wanted.purpose(), wrapped, false);
  }

  private Lookup unwrapped(DataKeyTable.Row row, long epoch) {
    byte[] wrapped = row.wrapped();
    if (wrapped == null) {
      return new Lookup.Unknown(row.id());
    }
    try {
      DataKey key = masterKey.unwrap(row.id(), row.owner(), row.purpose(), wrapped);
      cache.put(epoch, row.owner(), row.purpose(), key);
      return new Lookup.Found(key);
    } catch (GeneralSecurityException _) {
      return new Lookup.Unknown(row.id());
    }
  }

  private void refresh() {
    Instant now = clock.instant();
    if (now.isBefore(checkedAt) || !now.isBefore(checkedAt.plus(STALENESS))) {
      cache.enter(inTransaction("count destroyed keys", DataKeyTable::epoch));
      checkedAt = now;
    }
  }

  private UUID randomId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
    bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
    var buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private <T> T inTransaction(String what, Work<T> work) {
    try {
      return inTransaction(work);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot " + what, e);
    }
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** A row, and the number of destructions it was read under. */
  private record Kept(DataKeyTable.Row row, long epoch) {}

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
