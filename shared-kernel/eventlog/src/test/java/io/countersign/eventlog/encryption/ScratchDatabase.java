package io.countersign.eventlog.encryption;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database with the log's tables on a real PostgreSQL. The testkit cannot be used here: it stands
 * on this module.
 */
public final class ScratchDatabase implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final DatabaseAddress address;
  private final HikariDataSource dataSource;

  /** Makes one. */
  public ScratchDatabase() {
    String name = "audit_" + NUMBER.incrementAndGet();
    execute(Server.INSTANCE, "create database " + name);
    address =
        new DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:" + Server.INSTANCE.getPort() + "/" + name,
            "postgres",
            "postgres");
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    dataSource = new HikariDataSource(config);
    if (resource("/db/eventlog/V1__log.sql") != null) {
      Schema.EVENTLOG.migrate(dataSource);
    } else {
      execute(resource("/sql/log-for-tests.sql"));
      execute(resource("/db/eventlog/V2__keys.sql"));
    }
  }

  public DatabaseAddress address() {
    return address;
  }

  public HikariDataSource dataSource() {
    return dataSource;
  }

  /** Runs SQL on a connection of its own. */
  public void execute(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String path) {
    try (var in = ScratchDatabase.class.getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Server {

    static final EmbeddedPostgres INSTANCE = start();

    static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "100")
            .setLocaleConfig("locale", "C")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
