package io.countersign.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.postgres.PostgresServer;

/**
 * One real PostgreSQL server for all tests of a JVM; each test class takes a database of its own.
 */
public final class TestPostgres {

  private TestPostgres() {}

  /** A new, empty database. */
  public static DatabaseAddress newDatabase() {
    return new DatabaseAddress(
        PostgresServer.url(PostgresServer.newDatabase()), "postgres", "postgres");
  }

  /** A pool on a database; the caller closes it. */
  public static HikariDataSource pool(DatabaseAddress address, int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(10_000);
    return new HikariDataSource(config);
  }
}
