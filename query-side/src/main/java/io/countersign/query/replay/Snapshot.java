package io.countersign.query.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that sees the database as it was at one moment, whatever others commit meanwhile.
 * Nothing of it is left when it is closed.
 */
final class Snapshot implements AutoCloseable {

  private final DataSource dataSource;
  private final Connection connection;

  private Snapshot(DataSource dataSource, @Nullable String shared) throws SQLException {
    this.dataSource = dataSource;
    this.connection = dataSource.getConnection();
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        if (shared != null) {
          // before anything else: the first query would take another sight
          statement.execute("set transaction snapshot '%s'".formatted(shared));
        }
        statement.execute("set local time zone 'UTC'");
        statement.execute("set local work_mem to '32MB'");
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** As the database is now. */
  static Snapshot take(DataSource dataSource) throws SQLException {
    return new Snapshot(dataSource, null);
  }

  /** What another transaction may be given to see the same. */
  String share() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * Another transaction that sees the same.
   *
   * @param shared what {@link #share()} gave; its transaction is still open
   */
  Snapshot beside(String shared) throws SQLException {
    return new Snapshot(dataSource, shared);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
    }
  }
}
