package io.countersign.app.database;

import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * New connections for the pool. Each looks once what server it came to: after a fail-over it may be
 * another one.
 */
final class CheckedConnections extends AbstractDataSource {

  /**
   * Everything on these connections finds a few rows by key, among any number. PostgreSQL plans
   * from statistics that are always behind (tables that were empty a minute ago, queues that are
   * empty most of the time) and would read whole tables, and plan anew for each call.
   */
  private static final String BY_KEY =
      """
      set plan_cache_mode = force_generic_plan;
      set enable_seqscan = off;
      set enable_hashjoin = off;
      set enable_mergejoin = off
      """;

  private final DatabaseAddress address;
  private final Durability durability;

  CheckedConnections(DatabaseAddress address, Durability durability) {
    this.address = address;
    this.durability = durability;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = address.connect("countersign");
    try {
      int asked = connection.getNetworkTimeout(); // by socketTimeout in the address
      connection.setNetworkTimeout(Runnable::run, DatabaseAddress.CONNECT_MILLIS);
      durability.holds(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute(BY_KEY);
      }
      connection.setNetworkTimeout(
          Runnable::run, asked > 0 ? asked : DatabaseAddress.SILENCE_SECONDS * 1_000);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("only as the configured role");
  }

  /** So long the pool waits when it is closed; by 0 it would not, and warn that it gave up. */
  @Override
  public int getLoginTimeout() {
    return DatabaseAddress.CONNECT_MILLIS / 1_000;
  }

  /** The limit of {@link DatabaseAddress} holds. */
  @Override
  public void setLoginTimeout(int seconds) {
    // the pool asks for it; nothing to do
  }
}
