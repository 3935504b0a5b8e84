package io.countersign.eventlog.append;

import io.countersign.auditlog.EntryHash;
import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
        ('plan_cache_mode', 'force_generic_plan'),
        ('synchronous_commit', case current_setting('synchronous_commit')
           when 'off' then 'on' else current_setting('synchronous_commit') end)
      ) wanted(name, value)
      where exists (select 1 from pg_settings s where s.name = wanted.name)
      """;

  private static final String APPEND =
      """
      select held, verdict, first_index, stored, log, last_index, last_hash, last_recorded
      from eventlog.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
  void bind(
      List<AppendRequest> batch,
      long recordedMicros,
      Linker.@Nullable Head head,
      Linker.@Nullable Links links)
      throws SQLException {
    new BatchColumns(batch).bind(statement(), recordedMicros, head, links);
  }

  private PreparedStatement statement() {
    PreparedStatement statement = append;
    if (statement == null) {
      throw new IllegalStateException("not open");
    }
    return statement;
  }

  /** Sends the batch that was made ready. */
  Outcome send(List<AppendRequest> batch) throws SQLException {
    PreparedStatement statement = statement();
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      boolean held = row.getBoolean(1);
      var head =
          new Linker.Head(
              row.getObject(5, UUID.class),
              row.getLong(6),
              EntryHash.fromBytes(row.getBytes(7)),
              row.getLong(8));
      Array codes = row.getArray(2);
      return codes == null
          ? new Outcome(held, true, allAppended(batch, head.index()), head)
          : new Outcome(held, false, verdicts(codes, row), head);
    }
  }

  private static List<Verdict> allAppended(List<AppendRequest> batch, long lastIndex) {
    List<Verdict> verdicts = new ArrayList<>(batch.size());
    long next = lastIndex + 1;
    for (AppendRequest request : batch) {
      next -= request.entries().size();
    }
    for (AppendRequest request : batch) {
      verdicts.add(new Verdict.Appended(next));
      next += request.entries().size();
    }
    return verdicts;
  }

  private static List<Verdict> verdicts(Array codes, ResultSet row) throws SQLException {
    Integer[] code = (Integer[]) codes.getArray();
    Long[] firstIndexes = (Long[]) row.getArray(3).getArray();
    Long[] stored = (Long[]) row.getArray(4).getArray();
    List<Verdict> verdicts = new ArrayList<>(code.length);
    for (int i = 0; i < code.length; i++) {
      verdicts.add(Verdict.of(code[i], firstIndexes[i], stored[i]));
    }
    return verdicts;
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
   * @param held whether the head was still the one that was sent along
   * @param whole whether nothing of the batch was refused or stored before
   * @param verdicts one a request, in order
   * @param head of the log now
   */
  record Outcome(boolean held, boolean whole, List<Verdict> verdicts, Linker.Head head) {}
}
