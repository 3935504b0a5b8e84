package io.countersign.eventlog.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code eventlog.entry} over JDBC. A column that is absent though the table forbids it is
 * given as empty, so that verifying can report it instead of failing.
 */
public final class JdbcLogReader implements LogReader {

  private static final int MAX_LIMIT = 10_000;
  private static final int FETCH_SIZE = 500;

  private static final String COLUMNS =
      """
      select index, entry_hash, entry, aggregate_type, aggregate_id, sequence, event_id, name,
             revision, occurred_at, recorded_at, actor, correlation_id, causation_id, payload,
             metadata
      from eventlog.entry
      """;

  private static final String WITHOUT_CONTENTS =
      """
      select index, entry_hash, entry, aggregate_type, aggregate_id, sequence, event_id, name,
             revision, occurred_at, recorded_at, actor, correlation_id, causation_id,
             ''::bytea as payload, ''::bytea as metadata
      from eventlog.entry
      """;

  private static final String HEAD =
      "select index, entry_hash, recorded_at from eventlog.entry order by index desc limit 1";

  private static final String TIMES =
      "select index, recorded_at from eventlog.entry where index = any (?)";

  private final DataSource dataSource;

  /** A reader that takes a connection per call. */
  public JdbcLogReader(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<LogHead> head() {
    return query(
        HEAD,
        _ -> {},
        rows ->
            rows.next()
                ? Optional.of(
                    new LogHead(rows.getLong(1), bytes(rows, 2), instant(rows, "recorded_at")))
                : Optional.empty());
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    return query(
        COLUMNS + "where index = ?",
        statement -> statement.setLong(1, index),
        rows -> rows.next() ? Optional.of(entry(rows)) : Optional.empty());
  }

  @Override
  public Map<Long, Instant> recordedAt(Collection<Long> indexes) {
    return query(
        TIMES,
        statement ->
            statement.setArray(
                1, statement.getConnection().createArrayOf("int8", indexes.toArray(Long[]::new))),
        rows -> {
          Map<Long, Instant> times = new HashMap<>();
          while (rows.next()) {
            times.put(rows.getLong(1), instant(rows, "recorded_at"));
          }
          return times;
        });
  }

  @Override
  public List<StoredEntry> page(long from, int limit, Filter filter) {
    if (from < 0 || limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("from is 0 or more, limit 1 to " + MAX_LIMIT);
    }
    var sql = new StringBuilder(COLUMNS).append("where index >= ?");
    filter.aggregateId().ifPresent(_ -> sql.append(" and aggregate_id = ?"));
    filter.name().ifPresent(_ -> sql.append(" and name = ?"));
    sql.append(" order by index limit ?");
    return query(
        sql.toString(),
        statement -> {
          int at = 1;
          statement.setLong(at++, from);
          if (filter.aggregateId().isPresent()) {
            statement.setString(at++, filter.aggregateId().get());
          }
          if (filter.name().isPresent()) {
            statement.setString(at++, filter.name().get());
          }
          statement.setInt(at, limit);
        },
        rows -> {
          List<StoredEntry> entries = new ArrayList<>();
          while (rows.next()) {
            entries.add(entry(rows));
          }
          return entries;
        });
  }

  @Override
  public long scan(long from, Consumer<StoredEntry> consumer) {
    return scan(new Part(from, Long.MAX_VALUE, true), consumer);
  }

  @Override
  public long scan(Part part, Consumer<StoredEntry> consumer) {
    return query(
        (part.contents() ? COLUMNS : WITHOUT_CONTENTS)
            + "where index >= ? and index < ? order by index",
        statement -> {
          statement.setLong(1, part.from());
          statement.setLong(2, part.to());
        },
        rows -> {
          long count = 0;
          while (rows.next()) {
            consumer.accept(entry(rows));
            count++;
          }
          return count;
        });
  }

  /** One read-only transaction on one snapshot; rows are fetched through a cursor. */
  private <T> T query(String sql, Parameters parameters, Rows<T> result) {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (var statement = connection.prepareStatement(sql)) {
        statement.setFetchSize(FETCH_SIZE);
        parameters.set(statement);
        try (var rows = statement.executeQuery()) {
          return result.read(rows);
        }
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the log cannot be read", e);
    }
  }

  private static StoredEntry entry(ResultSet rows) throws SQLException {
    return new StoredEntry(
        rows.getLong("index"),
        bytes(rows, 2),
        bytes(rows, 3),
        text(rows, "aggregate_type"),
        text(rows, "aggregate_id"),
        rows.getLong("sequence"),
        text(rows, "event_id"),
        text(rows, "name"),
        text(rows, "revision"),
        instant(rows, "occurred_at"),
        instant(rows, "recorded_at"),
        text(rows, "actor"),
        text(rows, "correlation_id"),
        text(rows, "causation_id"),
        bytes(rows, 15),
        bytes(rows, 16));
  }

  private static byte[] bytes(ResultSet rows, int column) throws SQLException {
    byte @Nullable [] bytes = rows.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  private static String text(ResultSet rows, String column) throws SQLException {
    @Nullable String text = rows.getString(column);
    return text == null ? "" : text;
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    @Nullable OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? Instant.MIN : time.toInstant();
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
