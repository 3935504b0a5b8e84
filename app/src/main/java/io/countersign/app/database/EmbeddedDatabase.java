package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.EmbeddedSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A real PostgreSQL, started by this process from binaries it carries, with its files in the data
 * directory. What is committed there survives a crash of either: fsync is on. It listens on
 * 127.0.0.1 with a password, and on no socket in the file system.
 *
 * <p>The caller holds the lock of the data directory.
 */
public final class EmbeddedDatabase implements RunningDatabase {

  /** The PostgreSQL we carry; files of another major cannot be opened. */
  static final String MAJOR = "18";

  private static final String NAME = "countersign";

  private final DataDirectory directory;
  private final EmbeddedPostgres server;
  private final DatabaseAddress address;

  private EmbeddedDatabase(DataDirectory directory, EmbeddedPostgres server, String password) {
    this.directory = directory;
    this.server = server;
    this.address = address(server.getPort(), password);
  }

  /** Starts it for reading and writing. */
  public static EmbeddedDatabase start(DataDirectory directory, EmbeddedSettings settings) {
    return start(directory, settings, false);
  }

  /** Starts what is there so that sessions cannot write unless they ask to. */
  public static EmbeddedDatabase startReadOnly(DataDirectory directory) {
    if (!Files.exists(directory.databasePortFile())) {
      throw new StartRefused(
          "there is no database in %s: was it started with an external one? Then give --database-url"
              .formatted(directory.path()));
    }
    return start(directory, new EmbeddedSettings(0, 20), true);
  }

  /** The address of the one that another process runs on this data directory. */
  public static DatabaseAddress addressOfRunning(DataDirectory directory) {
    try {
      int port = Integer.parseInt(Files.readString(directory.databasePortFile()).strip());
      return address(port, directory.databasePassword().read().orElse(""));
    } catch (IOException | NumberFormatException e) {
      throw new StartRefused(
          "the server on %s does not use an embedded database: give --database-url"
              .formatted(directory.path()),
          e);
    }
  }

  private static EmbeddedDatabase start(
      DataDirectory directory, EmbeddedSettings settings, boolean readOnly) {
    HostCheck.check();
    if (!UnfinishedStart.isRemoved(directory)) {
      OrphanPostmaster.stop(directory);
      checkFiles(directory);
    }
    String password = directory.databasePassword().readOrCreate();
    UnfinishedStart.begin(directory);
    EmbeddedPostgres server = launch(directory, settings, readOnly);
    var database = new EmbeddedDatabase(directory, server, password);
    try {
      new UnpackedBinaries(directory.binaries()).protect();
      database.prepare(password);
      Files.writeString(directory.databasePortFile(), server.getPort() + "\n");
      UnfinishedStart.succeeded(directory);
      return database;
    } catch (SQLException | IOException e) {
      database.close();
      throw new StartRefused(
          "PostgreSQL started in %s but does not let us in; its log is in %s"
              .formatted(directory.cluster(), directory.cluster().resolve("log")),
          e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void checkFiles(DataDirectory directory) {
    Path version = directory.cluster().resolve("PG_VERSION");
    try {
      if (!Files.exists(version)) {
        return;
      }
      String major = Files.readString(version).strip();
      if (!major.equals(MAJOR)) {
        throw new StartRefused(
            """
            the database in %s was made by PostgreSQL %s, and this countersign carries PostgreSQL %s.
            Nothing was changed. To go on:
              1. start the countersign version that made it (or a PostgreSQL %s server on that directory),
              2. copy the database out with `pg_dump`,
              3. load it into a PostgreSQL of your own and start with --database-url, or start with a new --data directory."""
                .formatted(directory.cluster(), major, MAJOR, major));
      }
      if (!Files.exists(directory.databasePortFile())) {
        throw new StartRefused(
            ("%s holds a database, but the file %s, written when its first start succeeded, is"
                    + " missing. Put it back (any port number in it will do); or, when nothing in that"
                    + " database matters, move %s away")
                .formatted(
                    directory.path(),
                    directory.databasePortFile().getFileName(),
                    directory.cluster()));
      }
      if (directory.databasePassword().read().isEmpty()) {
        throw new StartRefused(
            "the file %s is missing, and without it the database cannot be opened: put it back"
                .formatted(directory.databasePassword().path()));
      }
    } catch (IOException e) {
      throw new StartRefused(
          "cannot read %s: does the directory belong to another user?".formatted(version), e);
    }
  }

  private static EmbeddedPostgres launch(
      DataDirectory directory, EmbeddedSettings settings, boolean readOnly) {
    try {
      if (!Files.isDirectory(directory.cluster())) {
        Files.createDirectory(
            directory.cluster(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return EmbeddedPostgres.builder()
          .setDataDirectory(directory.cluster())
          .setCleanDataDirectory(false)
          .setOverrideWorkingDirectory(directory.binaries().toFile())
          .setPgBinaryResolver(new UnpackedBinaries(directory.binaries()))
          .setRegisterShutdownHook(false)
          .setPGStartupWait(Duration.ofSeconds(60))
          .setPort(port(directory, settings))
          .setLocaleConfig("locale", "C")
          .setLocaleConfig("encoding", "UTF8")
          .setLocaleConfig("auth-host", "scram-sha-256")
          .setLocaleConfig("auth-local", "scram-sha-256")
          .setLocaleConfig("pwfile", directory.databasePassword().path().toString())
          .setConnectConfig("password", directory.databasePassword().readOrCreate())
          .setServerConfig("fsync", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("unix_socket_directories", "")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("max_connections", Integer.toString(settings.maxConnections()))
          .setServerConfig("default_transaction_read_only", readOnly ? "on" : "off")
          .setServerConfig("timezone", "UTC")
          .setServerConfig("logging_collector", "on")
          .setServerConfig("log_filename", "postgresql-%a.log")
          .setServerConfig("log_truncate_on_rotation", "on")
          // no statements and no details: both carry values
          .setServerConfig("log_min_error_statement", "panic")
          .setServerConfig("log_error_verbosity", "terse")
          .start();
    } catch (IOException | RuntimeException e) {
      if (e instanceof StartRefused refused) {
        throw refused;
      }
      throw new StartRefused(
          "PostgreSQL does not start in %s; its log is in %s"
              .formatted(directory.cluster(), directory.cluster().resolve("log")),
          e);
    }
  }

  /** The configured port, else the one of last time when it is free, else a free one. */
  private static int port(DataDirectory directory, EmbeddedSettings settings) throws IOException {
    if (settings.port() != 0) {
      if (!isFree(settings.port())) {
        throw new StartRefused(
            ("port %d, configured for the embedded PostgreSQL, is taken by another program: stop it"
                    + " or configure another (countersign.database.embedded.port)")
                .formatted(settings.port()));
      }
      return settings.port();
    }
    if (Files.exists(directory.databasePortFile())) {
      int last = Integer.parseInt(Files.readString(directory.databasePortFile()).strip());
      if (isFree(last)) {
        return last;
      }
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes sure that what answers is ours, then that our role and database are there. */
  private void prepare(String password) throws SQLException, IOException {
    var superuser =
        new DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", password);
    try (Connection connection = superuser.connect("countersign start")) {
      Path found = Path.of(text(connection, "show data_directory"));
      checkIsOurs(found, directory.cluster(), server.getPort());
      if (text(connection, "select count(*) from pg_roles where rolname = '" + NAME + "'")
          .equals("0")) {
        execute(connection, "set default_transaction_read_only = off");
        execute(
            connection,
            "create role %s login password '%s'".formatted(NAME, password.replace("'", "''")));
      }
      if (text(connection, "select count(*) from pg_database where datname = '" + NAME + "'")
          .equals("0")) {
        execute(connection, "set default_transaction_read_only = off");
        execute(connection, "create database %s owner %s".formatted(NAME, NAME));
      }
    }
  }

  static void checkIsOurs(Path found, Path ours, int port) throws IOException {
    if (!Files.exists(found) || !Files.isSameFile(found, ours)) {
      throw new StartRefused(
          ("the PostgreSQL that answers on port %d is not the one in %s: another program has the"
                  + " port. Stop it, then start again")
              .formatted(port, ours));
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static DatabaseAddress address(int port, String password) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME), NAME, password);
  }

  @Override
  public DatabaseAddress address() {
    return address;
  }

  @Override
  public String place() {
    return directory.cluster().toString();
  }

  /** Stops it: sessions end, everything is written. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot stop PostgreSQL", e);
    }
  }
}
