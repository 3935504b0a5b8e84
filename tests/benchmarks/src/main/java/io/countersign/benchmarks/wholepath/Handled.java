package io.countersign.benchmarks.wholepath;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** What the database tells about how far the program is. */
final class Handled implements AutoCloseable {

  private final Connection connection;

  Handled(ServerUnderLoad server) throws Exception {
    connection = server.database();
  }

  /** Deliveries that wait to be handled. */
  long waiting() throws SQLException {
    return number("select count(*) from inbox.pending");
  }

  /** Bytes of WAL ever written. */
  long wal() throws SQLException {
    return number("select pg_current_wal_lsn() - '0/0'::pg_lsn");
  }

  /** Transactions ever committed in the database. */
  long commits() throws SQLException {
    return number("select xact_commit from pg_stat_database where datname = current_database()");
  }

  /** Flushes of the WAL ever made. */
  long flushes() throws SQLException {
    return number("select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'");
  }

  /** Waits until nothing waits. */
  void awaitAll(Visibility visible) throws SQLException, InterruptedException {
    while (visible.outstanding() > 0 || waiting() > 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  long number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
