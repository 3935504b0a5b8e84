package io.countersign.e2e.crash;

import io.countersign.e2e.harness.ExternalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Holds acknowledgements against the server's own account of its write-ahead log.
 *
 * <p>The commit record of each delivery is looked up in the log itself. Every acknowledgement must
 * have come when the log was flushed past that record. And flushing must have been real: whenever a
 * commit lies beyond the position that an earlier acknowledgement saw flushed, the server has
 * flushed at least once between the two; so many calls of fsync at least must be counted by {@code
 * pg_stat_io}, which counts none with {@code fsync=off}.
 *
 * @param acknowledged seen
 * @param tooEarly of them, those that came before the log was flushed past their commit
 * @param flushesNeeded flushes that must have happened
 * @param flushesCounted calls of fsync on the write-ahead log the server counted
 */
record FlushCount(long acknowledged, long tooEarly, long flushesNeeded, long flushesCounted) {

  private static final String COUNTER =
      "select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal'";

  private static final String COMMITS =
      """
      with commits as materialized (
        select xid, end_lsn - '0/0'::pg_lsn as position
        from pg_get_wal_records_info(?::pg_lsn, pg_current_wal_flush_lsn())
        where resource_manager = 'Transaction' and record_type = 'COMMIT'
      )
      select d.id, c.position from inbox.delivery d join commits c on c.xid = d.xmin
      """;

  /**
   * A session adds what it did to the statistics up to ten seconds late, but at its end at once;
   * the program opens new ones.
   */
  private static final String END_SESSIONS =
      """
      select count(*) filter (where not pg_terminate_backend(pid, 20000)) from pg_stat_activity
      where usename = 'countersign'
      """;

  /**
   * Where counting begins.
   *
   * @param position of the write-ahead log
   * @param counted what the counter stood at
   */
  record Start(String position, long counted) {

    static Start now(ExternalPostgres postgres) throws SQLException {
      postgres.execute(ExternalPostgres.NAME, "create extension if not exists pg_walinspect");
      return new Start(
          postgres.text("postgres", "select pg_current_wal_insert_lsn()"), flushesOf(postgres));
    }
  }

  /** Whether every acknowledgement waited for a flush, and the flushes were real. */
  boolean holds() {
    return acknowledged > 0
        && tooEarly == 0
        && flushesNeeded > 0
        && flushesCounted >= flushesNeeded;
  }

  static FlushCount since(Start start, ExternalPostgres postgres, List<FlushWitness.Seen> seen)
      throws Exception {
    Map<UUID, Long> commits = commits(start, postgres);
    long tooEarly = 0;
    long needed = 0;
    long flushed = 0;
    for (FlushWitness.Seen one : seen) {
      Long commit = commits.get(one.delivery());
      if (commit == null || commit > one.flushed()) {
        tooEarly++;
      } else if (commit > flushed) {
        needed++;
        flushed = one.flushed();
      }
    }
    return new FlushCount(seen.size(), tooEarly, needed, flushesOf(postgres) - start.counted());
  }

  /** Everything that was done until now is in it. */
  private static long flushesOf(ExternalPostgres postgres) throws SQLException {
    if (postgres.number("postgres", END_SESSIONS) > 0) {
      throw new AssertionError("sessions did not end");
    }
    return postgres.number("postgres", COUNTER);
  }

  private static Map<UUID, Long> commits(Start start, ExternalPostgres postgres)
      throws SQLException {
    Map<UUID, Long> commits = new HashMap<>();
    try (Connection connection = postgres.connect(ExternalPostgres.NAME);
        PreparedStatement select = connection.prepareStatement(COMMITS)) {
      select.setString(1, start.position());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          commits.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
    }
    return commits;
  }
}
