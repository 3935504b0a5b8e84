package io.countersign.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.testkit.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One real PostgreSQL server for all tests of a JVM; each test class takes a database of its own.
 */
public final class TestPostgres {

  private static final Map<List<Schema>, String> TEMPLATES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /** A new, empty database. */
  public static DatabaseAddress newDatabase() {
    return address(PostgresServer.newDatabase());
  }

  /** A new database with these schemas: migrated once, then copied, which takes a tenth. */
  public static DatabaseAddress newDatabase(Schema... schemas) {
    String template = TEMPLATES.computeIfAbsent(List.of(schemas), TestPostgres::migrated);
    return address(PostgresServer.newDatabase(template));
  }

  private static String migrated(List<Schema> schemas) {
    String name = PostgresServer.newDatabase();
    try (HikariDataSource pool = pool(address(name), 2)) {
      schemas.forEach(schema -> schema.migrate(pool));
    }
    return name;
  }

  private static DatabaseAddress address(String database) {
    return new DatabaseAddress(PostgresServer.url(database), "postgres", "postgres");
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
