package io.countersign.eventlog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of its own with an empty log, on one real PostgreSQL server for all tests. */
public final class LogDatabase implements AutoCloseable {

  static {
    System.setProperty("axoniq.update-checker.disabled", "true"); // trap T9: it phones home
  }

  private final DatabaseAddress address;
  private final HikariDataSource pool;

  public LogDatabase() {
    address =
        new DatabaseAddress(
            PostgresServer.url(PostgresServer.newDatabase(Template.NAME)), "postgres", "postgres");
    pool = pool(address.url());
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername("postgres");
    config.setPassword("postgres");
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  public static int port() {
    return PostgresServer.port();
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
    pool.close();
  }

  /** An empty log, made once and copied. */
  private static final class Template {

    static final String NAME = migrated();

    private static String migrated() {
      String name = PostgresServer.newDatabase();
      try (HikariDataSource pool = pool(PostgresServer.url(name))) {
        Schema.EVENTLOG.migrate(pool);
      }
      return name;
    }
  }
}
