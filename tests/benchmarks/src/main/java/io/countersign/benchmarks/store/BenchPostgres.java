package io.countersign.benchmarks.store;

import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL that everything is measured on: one of our own, durable as in production and
 * otherwise with its defaults, or one that is given. Databases are made anew for each measurement
 * and dropped after it.
 */
public final class BenchPostgres implements AutoCloseable {

  private static final String TEMPLATE = "countersign_bench_template";

  private final PGSimpleDataSource admin;
  private final @Nullable EmbeddedPostgres server;
  private final @Nullable Path directory;
  private final ServerCpu cpu;
  private int databases;

  private BenchPostgres(
      PGSimpleDataSource admin, @Nullable EmbeddedPostgres server, @Nullable Path directory) {
    this.admin = admin;
    this.server = server;
    this.directory = directory;
    this.cpu = ServerCpu.of(query("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)"));
    if (!"on".equals(text("show fsync")) || "off".equals(text("show synchronous_commit"))) {
      throw new IllegalStateException("a PostgreSQL that does not flush is not measured");
    }
    execute("drop database if exists " + TEMPLATE);
    execute("create database " + TEMPLATE);
    Schema.EVENTLOG.migrate(source(TEMPLATE));
    BenchKeys.insert(source(TEMPLATE));
  }

  /**
   * Starts one of our own, or takes the given one.
   *
   * @param url JDBC address of a superuser's database with user and password in it; null for none
   */
  public static BenchPostgres start(@Nullable String url) throws IOException {
    if (url != null) {
      var given = new PGSimpleDataSource();
      given.setUrl(url);
      return new BenchPostgres(given, null, null);
    }
    Path directory = Files.createTempDirectory("countersign-store");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofMinutes(2))
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .setLocaleConfig("locale", "C")
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
    var own = new PGSimpleDataSource();
    own.setUrl("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres");
    own.setUser("postgres");
    own.setPassword("postgres");
    return new BenchPostgres(own, server, directory);
  }

  /** A new database with an empty log and all keys of {@link BenchKeys}. */
  public DatabaseAddress newLog() {
    String name = "countersign_bench_" + ++databases;
    execute("drop database if exists " + name);
    execute("create database " + name + " template " + TEMPLATE);
    // what was written so far is no burden of what is measured next
    execute("checkpoint");
    return new DatabaseAddress(url(name), user(), password());
  }

  /** Throws a database away. */
  public void drop(DatabaseAddress address) {
    execute(
        "drop database if exists "
            + address.url().substring(address.url().lastIndexOf('/') + 1)
            + " with (force)");
  }

  /** Bytes of write-ahead log ever written. */
  long walBytes() {
    return query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }

  /** CPU of all processes of the server. */
  ServerCpu cpu() {
    return cpu;
  }

  /** Version and address, for the head of a table. */
  public String describe() {
    return text("select split_part(version(), ',', 1)");
  }

  String host() {
    return admin.getServerNames()[0];
  }

  int port() {
    return admin.getPortNumbers()[0];
  }

  String user() {
    return String.valueOf(admin.getUser());
  }

  String password() {
    String password = admin.getPassword();
    return password == null ? "" : password;
  }

  private String url(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }

  private PGSimpleDataSource source(String database) {
    var source = new PGSimpleDataSource();
    source.setUrl(url(database));
    source.setUser(user());
    source.setPassword(password());
    return source;
  }

  private void execute(String sql) {
    try (Connection connection = admin.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private long query(String sql) {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) {
    try (Connection connection = admin.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (server == null || directory == null) {
      execute("drop database if exists " + TEMPLATE);
      return;
    }
    server.close();
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
