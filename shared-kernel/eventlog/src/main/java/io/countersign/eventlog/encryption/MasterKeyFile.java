package io.countersign.eventlog.encryption;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds the master key: 32 bytes, readable by its owner only. Created on the first
 * start; from then on the database recognizes it, and a start without it, or with another one, is
 * refused with instructions. A {@link MasterKeyRotation} that was interrupted is finished, or taken
 * back when the database never recognized its key.
 *
 * @param path where
 */
public record MasterKeyFile(Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE);

  private static final String LOCK = "select pg_advisory_xact_lock(4849336966747728212)";

  private static final String STATE =
      """
      select (select check_value from eventlog.master_key),
             exists (select 1 from eventlog.data_key)
      """;

  private static final String RECOGNIZE =
      "insert into eventlog.master_key (check_value, created_at) values (?, ?)";

  /**
   * The master key, read or, on the first start, created.
   *
   * @param dataSource the database that holds the wrapped keys, migrated
   * @throws MasterKeyException when the key is missing, another one, or readable by others
   */
  public MasterKey open(DataSource dataSource, Clock clock, SecureRandom random) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      MasterKey key = open(connection, clock, random);
      connection.commit();
      return key;
    } catch (SQLException e) {
      throw new MasterKeyException("the database cannot say which master key it needs", e);
    }
  }

  private MasterKey open(Connection connection, Clock clock, SecureRandom random)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(LOCK);
    }
    State state = state(connection);
    settle(state);
    if (Files.exists(path)) {
      MasterKey key = MasterKey.of(read(path));
      if (state.checkValue != null && Arrays.equals(state.checkValue, key.checkValue())) {
        return key;
      }
      if (state.knowsAKey()) {
        throw new MasterKeyException(
            """
            %s is not the master key of this database: what is encrypted in it cannot be read.
            Put back the file this database was used with (it was created at its first start, by \
            the node that was first) and start again. Nothing was changed."""
                .formatted(path));
      }
      recognize(connection, key, clock);
      return key;
    }
    if (state.knowsAKey()) {
      throw new MasterKeyException(
          """
          The master key %s is missing, and the database was started with one before.
          Put back the file from your backup, or copy it from another node of this database \
          (32 bytes, mode 0600), and start again. A new one is not created: it could not read \
          anything that is there. Nothing was changed."""
              .formatted(path));
    }
    MasterKey key = create(path, random);
    recognize(connection, key, clock);
    return key;
  }

  /** Where the key is kept that a rotation replaced. */
  public Path old() {
    return path.resolveSibling(path.getFileName() + ".old");
  }

  private Path next() {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  /** After this, until the transaction ends, nobody opens or rotates. */
  MasterKey lockAndRead(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(LOCK);
    }
    State state = state(connection);
    settle(state);
    if (!Files.exists(path)) {
      throw new MasterKeyException("there is no master key %s to rotate".formatted(path));
    }
    MasterKey key = MasterKey.of(read(path));
    if (state.checkValue == null || !Arrays.equals(state.checkValue, key.checkValue())) {
      throw new MasterKeyException("%s is not the master key of this database".formatted(path));
    }
    return key;
  }

  /** A key beside the one in use. */
  MasterKey createNext(SecureRandom random) {
    return create(next(), random);
  }

  /** The database recognizes the next key: it becomes the one, and the one before is kept. */
  void finishRotation() {
    try {
      if (Files.exists(path)) {
        Files.move(path, old(), ATOMIC_MOVE);
      }
      Files.move(next(), path, ATOMIC_MOVE);
      flushDirectory(path);
    } catch (IOException e) {
      throw new MasterKeyException(
          "the new master key %s is in use now, but cannot be renamed to %s: the next start does it"
              .formatted(next(), path),
          e);
    }
  }

  /** A crash left a next key: it is the one when the database says so, else nobody ever used it. */
  private void settle(State state) {
    if (!Files.exists(next())) {
      return;
    }
    if (state.checkValue != null && state.checkValueIs(next())) {
      finishRotation();
      return;
    }
    try {
      Files.delete(next());
    } catch (IOException e) {
      throw new MasterKeyException("the unused key %s cannot be removed".formatted(next()), e);
    }
  }

  private static State state(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(STATE)) {
      rows.next();
      return new State(rows.getBytes(1), rows.getBoolean(2));
    }
  }

  private static void recognize(Connection connection, MasterKey key, Clock clock)
      throws SQLException {
    try (var statement = connection.prepareStatement(RECOGNIZE)) {
      statement.setBytes(1, key.checkValue());
      statement.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static byte[] read(Path path) {
    try {
      var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view == null) {
        throw new MasterKeyException(
            path + " lies on a file system without permissions. Put it where only you can read it");
      }
      if (!OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
        throw new MasterKeyException(
            "%s can be read by others than its owner. Mend it with: chmod 600 %s"
                .formatted(path, path));
      }
      byte[] secret = Files.readAllBytes(path);
      if (secret.length != Aead.KEY_BYTES) {
        throw new MasterKeyException(
            """
            %s has %d bytes, a master key has 32. Put back the file from your backup; when this \
            database was never started before, remove the file and start again."""
                .formatted(path, secret.length));
      }
      return secret;
    } catch (IOException e) {
      throw new MasterKeyException("the master key " + path + " cannot be read", e);
    }
  }

  private static MasterKey create(Path path, SecureRandom random) {
    byte[] secret = new byte[Aead.KEY_BYTES];
    random.nextBytes(secret);
    var mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path directory = path.toAbsolutePath().getParent();
    try {
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (var channel = FileChannel.open(path, Set.of(CREATE_NEW, WRITE), mode)) {
        for (ByteBuffer bytes = ByteBuffer.wrap(secret); bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      flushDirectory(path);
      return MasterKey.of(secret);
    } catch (IOException e) {
      throw new MasterKeyException("the master key " + path + " cannot be created", e);
    }
  }

  private static void flushDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (var channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }

  private record State(byte @Nullable [] checkValue, boolean holdsKeys) {

    /** A second node that comes before the first key is wrapped needs the first one's file, too. */
    boolean knowsAKey() {
      return checkValue != null || holdsKeys;
    }

    /** A file cut short by a crash is no key. */
    boolean checkValueIs(Path file) {
      try {
        byte[] secret = Files.readAllBytes(file);
        return secret.length == Aead.KEY_BYTES
            && Arrays.equals(checkValue, MasterKey.of(secret).checkValue());
      } catch (IOException e) {
        throw new MasterKeyException("the master key " + file + " cannot be read", e);
      }
    }
  }
}
