package io.countersign.eventlog.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The statements that read the log and keep snapshots. */
public final class StoredEvents {

  private static final String COLUMNS =
      "index, aggregate_type, aggregate_id, sequence, event_id::text as event_id, occurred_at,"
          + " name, revision, payload, metadata";

  private static final String PAGE =
      "select " + COLUMNS + " from eventlog.entry where index >= ? order by index limit ?";

  private static final int FETCH_SIZE = 500;

  private static final String SCAN =
      "select "
          + COLUMNS
          + " from eventlog.entry where index between ? and ? and name = any (?) order by index";

  private static final String WITH_IDS =
      "select " + COLUMNS + " from eventlog.entry where event_id = any (?) order by index";

  private static final String AGGREGATE =
      "select "
          + COLUMNS
          + " from eventlog.entry where aggregate_id = ? and sequence >= ?"
          + " order by sequence limit ?";

  private static final String SNAPSHOT_AND_AGGREGATE =
      """
      with snapshot as materialized (
        select -1::bigint as index, aggregate_type, aggregate_id, sequence, event_id, occurred_at,
          name, revision, payload, metadata
        from eventlog.snapshot where aggregate_id = ?)
      select * from snapshot
      union all
      (select index, aggregate_type, aggregate_id, sequence, event_id::text, occurred_at, name,
         revision, payload, metadata
       from eventlog.entry
       where aggregate_id = ? and sequence > coalesce((select sequence from snapshot), -1)
       order by sequence limit ?)
      """;

  private static final String LAST_SEQUENCE =
      """
      select sequence from eventlog.entry where aggregate_id = ? order by sequence desc limit 1
      """;

  private static final String LAST_INDEX = "select max(index) from eventlog.entry";

  private static final String INDEX_AT = "select eventlog.index_at(?)";

  private static final String STORE_SNAPSHOT =
      """
      insert into eventlog.snapshot (aggregate_id, aggregate_type, sequence, event_id, name,
        revision, occurred_at, payload, metadata)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (aggregate_id) do update set aggregate_type = excluded.aggregate_type,
        sequence = excluded.sequence, event_id = excluded.event_id, name = excluded.name,
        revision = excluded.revision, occurred_at = excluded.occurred_at,
        payload = excluded.payload, metadata = excluded.metadata
      where excluded.sequence >= snapshot.sequence
      """;

  private final DataSource dataSource;

  /** Reads through a pool. */
  public StoredEvents(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Events from an index on, in order. */
  public List<StoredEvent> page(long from, int limit) {
    return with(connection -> page(connection, from, limit));
  }

  /** The same, on a connection of the caller. */
  public static List<StoredEvent> page(Connection connection, long from, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setLong(1, from);
      select.setInt(2, limit);
      return rows(select);
    }
  }

  /**
   * Events of some names between two indexes, in order, through a cursor: the connection is in a
   * transaction, and may be used for other statements meanwhile.
   *
   * @param from first index
   * @param to last index
   * @param names logical names
   */
  public static void scan(
      Connection connection, long from, long to, Set<String> names, Consumer<StoredEvent> consumer)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SCAN)) {
      select.setFetchSize(FETCH_SIZE);
      select.setLong(1, from);
      select.setLong(2, to);
      select.setArray(3, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          consumer.accept(row(rows));
        }
      }
    }
  }

  /** The events with these ids that are there, in order, on a connection of the caller. */
  public static List<StoredEvent> withIds(Connection connection, Collection<UUID> ids)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WITH_IDS)) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return rows(select);
    }
  }

  /** Index of the last entry, -1 when there is none. */
  public long lastIndex() {
    return with(StoredEvents::lastIndex);
  }

  /** The same, on a connection of the caller. */
  public static long lastIndex(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST_INDEX)) {
      return number(select).orElse(-1);
    }
  }

  /** Index of the first entry recorded at or after a moment, last + 1 when there is none. */
  public long indexAt(Instant moment) {
    return with(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(INDEX_AT)) {
            select.setObject(1, OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
            return number(select).orElse(0);
          }
        });
  }

  /** Events of an aggregate from a sequence on. */
  public List<StoredEvent> aggregate(String aggregateId, long from, int limit) {
    return with(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(AGGREGATE)) {
            select.setString(1, aggregateId);
            select.setLong(2, from);
            select.setInt(3, limit);
            return rows(select);
          }
        });
  }

  /** The snapshot, if any, and the first events after it. */
  public List<StoredEvent> snapshotAndAggregate(String aggregateId, int limit) {
    return with(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SNAPSHOT_AND_AGGREGATE)) {
            select.setString(1, aggregateId);
            select.setString(2, aggregateId);
            select.setInt(3, limit);
            return rows(select);
          }
        });
  }

  /** The last stored sequence of an aggregate. */
  public OptionalLong lastSequence(String aggregateId) {
    return with(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(LAST_SEQUENCE)) {
            select.setString(1, aggregateId);
            return number(select);
          }
        });
  }

  /** Keeps a snapshot, unless a newer one is there. */
  public void storeSnapshot(StoredEvent snapshot) {
    with(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(STORE_SNAPSHOT)) {
            insert.setString(1, snapshot.aggregateId());
            insert.setString(2, snapshot.aggregateType());
            insert.setLong(3, snapshot.sequence());
            insert.setString(4, snapshot.eventId());
            insert.setString(5, snapshot.name());
            insert.setString(6, snapshot.revision());
            insert.setObject(7, OffsetDateTime.ofInstant(snapshot.occurredAt(), ZoneOffset.UTC));
            insert.setBytes(8, snapshot.payload());
            insert.setBytes(9, snapshot.metadata());
            return insert.executeUpdate();
          }
        });
  }

  private static List<StoredEvent> rows(PreparedStatement select) throws SQLException {
    var events = new ArrayList<StoredEvent>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        events.add(row(rows));
      }
    }
    return events;
  }

  private static StoredEvent row(ResultSet rows) throws SQLException {
    return new StoredEvent(
        rows.getLong("index"),
        rows.getString("aggregate_type"),
        rows.getString("aggregate_id"),
        rows.getLong("sequence"),
        rows.getString("event_id"),
        rows.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        rows.getString("name"),
        rows.getString("revision"),
        rows.getBytes("payload"),
        rows.getBytes("metadata"));
  }

  private static OptionalLong number(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return OptionalLong.empty();
      }
      long value = rows.getLong(1);
      return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  private <R> R with(Query<R> query) {
    try (Connection connection = dataSource.getConnection()) {
      return query.on(connection);
    } catch (SQLException e) {
      throw new EventStoreException("the log cannot be read, SQLSTATE " + e.getSQLState(), e);
    }
  }

  private interface Query<R> {

    R on(Connection connection) throws SQLException;
  }
}
