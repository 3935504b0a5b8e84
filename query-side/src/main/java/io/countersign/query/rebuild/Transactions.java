package io.countersign.query.rebuild;

import io.countersign.query.replay.ReplayFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work in one transaction. */
final class Transactions {

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is done in it. */
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  /** Does it, and commits; all of it or nothing. */
  <R> R run(Work<R> work) {
    try {
      return tryRun(work);
    } catch (SQLException e) {
      throw ReplayFailedException.of(e);
    }
  }

  /** The same, for callers who look at what the database says. */
  <R> R tryRun(Work<R> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        R result = work.on(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
