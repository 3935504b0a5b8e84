package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.app.settings.DatabaseSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.SQLException;

/**
 * What a node may take of the database's sessions, checked once at start: running out of them later
 * would stop a committer in the middle of its work.
 */
final class ConnectionBudget {

  /**
   * Beside the pools: committer, listener, keys and their holder, schema, one for the operator's
   * CLI, spare.
   */
  static final int OWN = 9;

  private ConnectionBudget() {}

  static void check(DatabaseAddress address, DatabaseSettings settings) {
    int wanted = settings.poolSize() + settings.readPoolSize() + OWN;
    int admitted = admitted(address);
    if (wanted > admitted) {
      throw new StartRefused(
          """
          this node needs %d database connections (pool %d, read pool %d, own %d), and the database admits %d.
          Raise max_connections there, or lower countersign.database.pool-size and countersign.database.read-pool-size."""
              .formatted(wanted, settings.poolSize(), settings.readPoolSize(), OWN, admitted));
    }
  }

  private static int admitted(DatabaseAddress address) {
    String sql =
        """
        select current_setting('max_connections')::int
             - current_setting('superuser_reserved_connections')::int
             - coalesce(current_setting('reserved_connections', true)::int, 0)
        """;
    try (var connection = address.connect("countersign start");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new StartRefused(unreachable(address, e), e);
    }
  }

  static String unreachable(DatabaseAddress address, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String why =
        state.startsWith("28")
            ? "it refuses the user or the password"
            : state.equals("3D000")
                ? "it has no such database"
                : state.equals("53300") ? "it has no connection left" : "it does not answer";
    return "cannot use the database at %s as %s: %s".formatted(address.url(), address.user(), why);
  }
}
