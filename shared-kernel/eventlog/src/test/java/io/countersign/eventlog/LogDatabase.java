package io.countersign.eventlog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own with an empty log, on one real PostgreSQL server for all tests. */
public final class LogDatabase implements AutoCloseable {

  static {
    System.setProperty("axoniq.update-checker.disabled", "true"); // trap T9: it phones home
  }

  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Emptied ones; a server with a hundred databases takes long to stop. */
  private static final Queue<String> FREE = new ConcurrentLinkedQueue<>();

  private final String name;
  private final DatabaseAddress address;
  private final HikariDataSource pool;

  public LogDatabase() {
    String free = FREE.poll();
    String name = free == null ? "log_" + DATABASES.incrementAndGet() : free;
    if (free == null) {
      create(name);
    }
    this.name = name;
    address =
        new DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:" + port() + "/" + name, "postgres", "postgres");
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
    Schema.EVENTLOG.migrate(pool);
  }

  private static void create(String name) {
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static int port() {
    return Server.INSTANCE.getPort();
  }

  public DatabaseAddress address() {
    return address;
  }

  /** The same database through another port. */
  public DatabaseAddress through(int port) {
    return new DatabaseAddress(
        address.url().replace(":" + port() + "/", ":" + port + "/"),
        address.user(),
        address.password());
  }

  public HikariDataSource pool() {
    return pool;
  }

  public void execute(String sql) {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public long number(String sql) {
    return Long.parseLong(texts(sql).getFirst());
  }

  public List<String> texts(String sql) {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    texts(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
    execute("drop schema eventlog cascade");
    execute("drop schema public cascade");
    execute("create schema public");
    pool.close();
    FREE.add(name);
  }

  private static final class Server {

    static final EmbeddedPostgres INSTANCE = start();

    static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .setLocaleConfig("locale", "C")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
