package io.countersign.eventlog.append;

import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The committer's own connection and its one statement. Autocommit, one round trip a batch: while
 * this process stands still, the server holds nothing for it.
 */
final class AppendConnection implements AutoCloseable {

  /** The server's limits are under the client's, so that a living server always answers first. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final String PREPARE =
      """
      select set_config(wanted.name, wanted.value, false)
      from (values
        ('statement_timeout', ?),
        ('lock_timeout', ?),
        ('transaction_timeout', ?),
        ('idle_in_transaction_session_timeout', ?),
        ('default_transaction_isolation', 'read committed'),
        ('enable_seqscan', 'off'),
        ('jit', 'off'),
        ('synchronous_commit', case current_setting('synchronous_commit')
           when 'off' then 'on' else current_setting('synchronous_commit') end)
      ) wanted(name, value)
      where exists (select 1 from pg_settings s where s.name = wanted.name)
      """;

  private static final String APPEND =
      """
      select verdict, first_index, stored, last_index
      from eventlog.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final DatabaseAddress address;
  private final Duration timeout;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement append;

  AppendConnection(DatabaseAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  /** Connects, unless connected. */
  void open() throws SQLException {
    if (connection != null) {
      return;
    }
    Connection fresh = address.connect("countersign append");
    try {
      fresh.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.plus(GRACE).toMillis()));
      try (PreparedStatement prepare = fresh.prepareStatement(PREPARE)) {
        prepare.setString(1, Long.toString(timeout.toMillis()));
        prepare.setString(2, Long.toString(timeout.toMillis() * 4 / 5));
        prepare.setString(3, Long.toString(timeout.toMillis() + 500));
        prepare.setString(4, Long.toString(timeout.toMillis()));
        prepare.execute();
      }
      append = fresh.prepareStatement(APPEND);
      connection = fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  /**
   * Makes a batch ready; nothing leaves this process. Call {@link #open()} before.
   *
   * @throws RuntimeException or SQLException when the driver cannot take a row
   */
  void bind(List<AppendRequest> batch, long recordedMicros) throws SQLException {
    new BatchColumns(batch).bind(statement(), recordedMicros);
  }

  private PreparedStatement statement() {
    PreparedStatement statement = append;
    if (statement == null) {
      throw new IllegalStateException("not open");
    }
    return statement;
  }

  /** Sends the batch that was made ready. */
  Outcome send() throws SQLException {
    PreparedStatement statement = statement();
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      Integer[] codes = (Integer[]) rows.getArray(1).getArray();
      Long[] firstIndexes = (Long[]) rows.getArray(2).getArray();
      Long[] stored = (Long[]) rows.getArray(3).getArray();
      List<Verdict> verdicts = new ArrayList<>(codes.length);
      for (int i = 0; i < codes.length; i++) {
        verdicts.add(Verdict.of(codes[i], firstIndexes[i], stored[i]));
      }
      return new Outcome(verdicts, rows.getLong(4));
    }
  }

  /** Forgets the connection; the next {@link #open()} makes another. */
  void drop() {
    Connection old = connection;
    connection = null;
    append = null;
    if (old != null) {
      try {
        old.abort(Runnable::run);
      } catch (SQLException ignored) {
        // it was broken already
      }
    }
  }

  @Override
  public void close() {
    drop();
  }

  /**
   * The answer.
   *
   * @param verdicts one a request, in order
   * @param lastIndex index of the last entry of the log
   */
  record Outcome(List<Verdict> verdicts, long lastIndex) {}
}
