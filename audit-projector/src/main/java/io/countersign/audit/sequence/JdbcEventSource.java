package io.countersign.audit.sequence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table of Axon's {@code JdbcEventStorageEngine} on PostgreSQL, with its standard names.
 *
 * <p>Its global index is drawn before the commit, so a reader that goes on from the last index it
 * saw passes over whatever commits late. Here each row carries the id of the transaction that wrote
 * it, and rows are read in the order of transactions, only as far as no older transaction is still
 * running. Clocks and the times events claim play no part in that.
 */
public final class JdbcEventSource implements EventSource {

  private static final String IS_PREPARED =
      """
      select exists (
        select from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = 'domainevententry'::regclass and a.attname = 'tx' and i.indisvalid)
      """;

  /**
   * The engine names its columns when it inserts, so it does not notice these. Whoever waits for
   * this lock makes all writers wait behind him: rather not for long.
   */
  private static final String PREPARE =
      """
      set local lock_timeout = '2s';
      alter table domainevententry
        add column if not exists tx xid8 not null default pg_current_xact_id();
      create index if not exists domainevententry_tx on domainevententry (tx, globalindex)
      """;

  /** Cluster and timeline: both change the meaning of transaction ids. */
  private static final String INCARNATION =
      """
      select system_identifier || '.' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
             pg_snapshot_xmax(pg_current_snapshot())::text
      from pg_control_system()
      """;

  private static final String NEXT =
      """
      select tx::text, globalindex, type, aggregateidentifier, sequencenumber, eventidentifier,
             payloadtype, payloadrevision, timestamp, payload, metadata
      from domainevententry
      where (tx, globalindex) > (?::xid8, ?) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, globalindex limit ?
      """;

  /** Incarnation of the database, transaction, global index. */
  private static final Pattern POSITION =
      Pattern.compile("([0-9]+[.][0-9A-F]{8}):([0-9]+):([0-9]+)");

  private final DataSource dataSource;

  /** Reads the table that lies first in the search path. */
  public JdbcEventSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Adds the column that says which transaction wrote a row, and its index, unless they are there.
   * Rows that are there count as written now. Waits two seconds at most for those who write, and
   * they for it while the index is made.
   */
  @Override
  public void prepare() {
    try (Connection connection = dataSource.getConnection()) {
      if (!isPrepared(connection)) {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
          statement.execute(PREPARE);
          connection.commit();
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the table domainevententry cannot be prepared, SQLSTATE " + e.getSQLState(), e);
    }
  }

  private static boolean isPrepared(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(IS_PREPARED)) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public String name() {
    return "axon-jdbc";
  }

  @Override
  public List<SourceEvent> next(Optional<String> after, int limit) {
    try (Connection connection = dataSource.getConnection()) {
      String incarnation;
      String newest;
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(INCARNATION)) {
        row.next();
        incarnation = row.getString(1);
        newest = row.getString(2);
      }
      Place place = Place.of(after, incarnation, newest);
      try (var statement = connection.prepareStatement(NEXT)) {
        statement.setString(1, place.transaction());
        statement.setLong(2, place.globalIndex());
        statement.setInt(3, limit);
        try (var rows = statement.executeQuery()) {
          List<SourceEvent> events = new ArrayList<>();
          while (rows.next()) {
            events.add(event(incarnation, rows));
          }
          return events;
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the table domainevententry cannot be read, SQLSTATE " + e.getSQLState(), e);
    }
  }

  private static SourceEvent event(String incarnation, ResultSet row) throws SQLException {
    String transaction = row.getString(1);
    long globalIndex = row.getLong(2);
    return new SourceEvent(
        incarnation + ":" + transaction + ":" + globalIndex,
        orEmpty(row.getString(3)),
        row.getString(4),
        row.getLong(5),
        row.getString(6),
        row.getString(7),
        orEmpty(row.getString(8)),
        time(globalIndex, row.getString(9)),
        row.getBytes(10),
        row.getBytes(11));
  }

  private static Instant time(long globalIndex, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(
          "the time of domainevententry " + globalIndex + " cannot be read", e);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** After which row. */
  private record Place(String transaction, long globalIndex) {

    private static final Place BEGINNING = new Place("0", 0);

    /**
     * Transaction ids mean something in one incarnation of a database only. After a dump was loaded
     * elsewhere, or a backup was restored, reading begins anew; what is in the log already is
     * recognized.
     */
    static Place of(Optional<String> position, String incarnation, String newestTransaction) {
      Matcher parts = POSITION.matcher(position.orElse(""));
      if (!parts.matches()
          || !parts.group(1).equals(incarnation)
          || Long.compareUnsigned(
                  Long.parseUnsignedLong(parts.group(2)), Long.parseUnsignedLong(newestTransaction))
              >= 0) {
        return BEGINNING;
      }
      return new Place(parts.group(2), Long.parseLong(parts.group(3)));
    }
  }
}
