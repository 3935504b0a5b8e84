package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.eventlog.database.DatabaseAddress;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The reactive pool for queries, on the same database as everything else. */
final class ReadConnections {

  /** What the JDBC URL may say, by what R2DBC calls it. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "sslmode", "sslMode",
          "sslrootcert", "sslRootCert",
          "sslcert", "sslCert",
          "sslkey", "sslKey");

  private ReadConnections() {}

  /**
   * A pool.
   *
   * @param size connections
   * @param queryTimeout how long a statement may take
   */
  static ConnectionPool pool(DatabaseAddress address, int size, Duration queryTimeout) {
    var pool =
        ConnectionPoolConfiguration.builder(ConnectionFactories.get(options(address, queryTimeout)))
            .initialSize(0)
            .minIdle(0)
            .maxSize(size)
            .maxIdleTime(Duration.ofMinutes(5))
            .maxAcquireTime(Duration.ofSeconds(10))
            .acquireRetry(0)
            .build();
    return new ConnectionPool(pool);
  }

  static ConnectionFactoryOptions options(DatabaseAddress address, Duration queryTimeout) {
    URI uri = URI.create(address.url().substring("jdbc:".length()));
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new StartRefused("the database URL has to name one host and a database");
    }
    var options =
        ConnectionFactoryOptions.builder()
            .option(ConnectionFactoryOptions.DRIVER, "postgresql")
            .option(ConnectionFactoryOptions.HOST, uri.getHost())
            .option(ConnectionFactoryOptions.PORT, uri.getPort() < 0 ? 5432 : uri.getPort())
            .option(ConnectionFactoryOptions.DATABASE, uri.getPath().substring(1))
            .option(ConnectionFactoryOptions.USER, address.user())
            .option(ConnectionFactoryOptions.PASSWORD, address.password())
            .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, queryTimeout)
            .option(Option.valueOf("applicationName"), "countersign queries");
    if (uri.getQuery() != null) {
      for (String pair : uri.getQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        String name = OPTIONS.get(parts[0]);
        if (name != null && parts.length == 2) {
          options.option(Option.valueOf(name), parts[1]);
        }
      }
    }
    return options.build();
  }
}
