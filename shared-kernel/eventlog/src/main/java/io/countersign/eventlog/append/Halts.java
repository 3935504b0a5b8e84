package io.countersign.eventlog.append;

import io.countersign.eventlog.LogLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The row that stops all appends. Whoever owns the database can remove it; the sealer, which
 * compares with what lies outside the database, puts it back.
 */
public final class Halts {

  private static final String SET =
      """
      with held as materialized (select pg_advisory_xact_lock(?))
      insert into eventlog.halt as h (reason, origin, index, words, node)
        select ?, ?, ?, ?, ? from held
      on conflict ((true)) do update set
        since = case when (h.reason, h.origin, h.index)
            = (excluded.reason, excluded.origin, excluded.index)
          then h.since else excluded.since end,
        reason = excluded.reason, origin = excluded.origin, index = excluded.index,
        words = excluded.words, node = excluded.node
      """;

  private final DataSource dataSource;

  /** Of the log in this database. */
  public Halts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What stands now. */
  public Optional<Halt> current() throws SQLException {
    try (var connection = dataSource.getConnection();
        var query =
            connection.prepareStatement(
                "select reason, origin, index, words, node, since from eventlog.halt");
        var row = query.executeQuery()) {
      return row.next() ? Optional.of(halt(row)) : Optional.empty();
    }
  }

  /**
   * Stops appends, or says anew why they are stopped. When this returns none is under way: it waits
   * for the lock that each of them holds. The moment stays the first one while the reason does.
   */
  public void set(String reason, String origin, long index, String words, String node)
      throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(SET)) {
      statement.setLong(1, LogLock.KEY);
      statement.setString(2, reason);
      statement.setString(3, origin);
      statement.setLong(4, index);
      statement.setString(5, words);
      statement.setString(6, node);
      statement.executeUpdate();
    }
  }

  /** Lets appends go on. */
  public void clear() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement("delete from eventlog.halt")) {
      statement.executeUpdate();
    }
  }

  private static Halt halt(ResultSet row) throws SQLException {
    return new Halt(
        row.getString("reason"),
        row.getString("origin"),
        row.getLong("index"),
        row.getString("words"),
        row.getString("node"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }
}
