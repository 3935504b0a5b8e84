package io.countersign.benchmarks.store;

import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * The data keys of all work items and people of the measurement, made beforehand: sealing is
 * measured, making keys is not. The append looks each of them up, as it does in the product.
 */
public final class BenchKeys implements KeyRing {

  private static final String INSERT =
      """
      insert into eventlog.data_key (id, owner, purpose, wrapped, created_at)
      values (?, ?, ?, decode(repeat('00', 60), 'hex'), now()) on conflict do nothing
      """;

  private final Map<UUID, DataKey> keys = new HashMap<>();
  private final Map<String, DataKey> owned = new HashMap<>();

  /** All of them, in memory. */
  public BenchKeys() {
    this(WorkItems.COUNT);
  }

  /** Those of so many work items. */
  public BenchKeys(int items) {
    for (int item = 1; item <= items; item++) {
      add(WorkItems.id(item).keyOwner(), "content");
    }
    for (int person = 0; person < WorkItems.PEOPLE; person++) {
      add(WorkItems.subject(person).keyOwner(), "identity");
    }
  }

  private void add(KeyOwner owner, String purpose) {
    String name = owner + "|" + purpose;
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    byte[] secret = id.toString().substring(0, 32).getBytes(StandardCharsets.UTF_8);
    DataKey key = new DataKey(id, new SecretKeySpec(secret, "AES"));
    keys.put(id, key);
    owned.put(name, key);
  }

  /** One of the people. */
  public static SubjectId subject(int person) {
    return WorkItems.subject(person);
  }

  /** Puts their rows into a log. */
  static void insert(DataSource log) {
    new BenchKeys().insertInto(log);
  }

  /** Puts their rows into a log that has none. */
  public void insertInto(DataSource log) {
    try (Connection connection = log.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, DataKey> key : owned.entrySet()) {
        String[] name = key.getKey().split("\\|", 2);
        insert.setObject(1, key.getValue().id());
        insert.setString(2, name[0]);
        insert.setString(3, name[1]);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("keys cannot be inserted", e);
    }
  }

  @Override
  public DataKey keyFor(KeyOwner owner, String purpose) {
    DataKey key = owned.get(owner + "|" + purpose);
    if (key == null) {
      throw new IllegalArgumentException("no key was made for " + owner);
    }
    return key;
  }

  @Override
  public Lookup find(UUID id) {
    DataKey key = keys.get(id);
    return key == null ? new Lookup.Unknown(id) : new Lookup.Found(key);
  }

  @Override
  public int destroy(KeyOwner owner) {
    throw new UnsupportedOperationException("nothing is erased while measuring");
  }

  @Override
  public long destructions() {
    return 0;
  }
}
