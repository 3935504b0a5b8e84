package io.countersign.eventlog.encryption;

import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Replaces the master key: every data key is wrapped anew, in one transaction that also makes the
 * database recognize the new key. Data keys themselves stay, so nothing is sealed again. No node
 * may run: it would go on with the old key in memory.
 *
 * <p>Order of things: the new file beside the old one, on the disk; the transaction; the renaming.
 * Whoever opens the key afterwards finishes or takes back what a crash left ({@link
 * MasterKeyFile}). The old key is kept as {@code .old}, because backups from before need it.
 */
public final class MasterKeyRotation {

  private static final int BATCH = 1_000;

  private static final String KEYS =
      """
      select id, owner, purpose, wrapped, false
      from eventlog.data_key
      where wrapped is not null
      order by id
      """;

  private static final String REWRAP = "update eventlog.data_key set wrapped = ? where id = ?";

  private static final String RECOGNIZE = "update eventlog.master_key set check_value = ?";

  private final MasterKeyFile file;
  private final DataSource dataSource;
  private final SecureRandom random;

  /** Of the key in a file, on the database that recognizes it. */
  public MasterKeyRotation(MasterKeyFile file, DataSource dataSource, SecureRandom random) {
    this.file = file;
    this.dataSource = dataSource;
    this.random = random;
  }

  /**
   * Rotates.
   *
   * @return how many data keys were wrapped anew
   * @throws MasterKeyException when it cannot be done; then nothing was changed
   */
  public long rotate() {
    if (Files.exists(file.old())) {
      throw new MasterKeyException(
          "%s is from the rotation before: put it away first, where backups of that time can be read"
              .formatted(file.old()));
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long wrapped = rotate(connection);
        connection.commit();
        file.finishRotation();
        return wrapped;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new MasterKeyException(
          "the database did not say that it took the new master key: the next start, or rotating again,"
              + " finishes or takes back what was begun",
          e);
    }
  }

  private long rotate(Connection connection) throws SQLException {
    MasterKey before = file.lockAndRead(connection);
    KeyHolders.Standing nodes = KeyHolders.standing(connection, 0);
    if (nodes.reached() + nodes.behind().size() > 0) {
      throw new MasterKeyException(
          "%d node(s) run on this database: stop them all, then rotate"
              .formatted(nodes.reached() + nodes.behind().size()));
    }
    MasterKey after = file.createNext(random);
    long wrapped = rewrap(connection, before, after);
    try (var recognize = connection.prepareStatement(RECOGNIZE)) {
      recognize.setBytes(1, after.checkValue());
      recognize.executeUpdate();
    }
    return wrapped;
  }

  private long rewrap(Connection connection, MasterKey before, MasterKey after)
      throws SQLException {
    long count = 0;
    try (var read = connection.prepareStatement(KEYS);
        var write = connection.prepareStatement(REWRAP)) {
      read.setFetchSize(BATCH);
      try (var rows = read.executeQuery()) {
        while (rows.next()) {
          DataKeyTable.Row row = DataKeyTable.row(rows, 1);
          write.setBytes(1, rewrapped(row, before, after));
          write.setObject(2, row.id());
          write.addBatch();
          if (++count % BATCH == 0) {
            write.executeBatch();
          }
        }
      }
      write.executeBatch();
    }
    return count;
  }

  private byte[] rewrapped(DataKeyTable.Row row, MasterKey before, MasterKey after) {
    UUID id = row.id();
    byte[] wrapped = row.wrapped();
    if (wrapped == null) {
      throw new IllegalStateException("a key without bytes was read");
    }
    try {
      KeyRing.DataKey key = before.unwrap(id, row.owner(), row.purpose(), wrapped);
      return after.wrap(key, row.owner(), row.purpose(), random);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException(
          "the data key %s does not open with this master key: its row was changed. Nothing was changed now"
              .formatted(id),
          e);
    }
  }
}
