package io.countersign.command.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Stores a batch of arrivals in one transaction. */
final class ArrivalStore {

  private static final String INSERT =
      """
      with incoming as materialized (
        select * from unnest(?::uuid[], ?::timestamptz[], ?::date[], ?::uuid[], ?::bytea[], ?::bytea[], ?::bytea[],
            ?::bigint[], ?::boolean[], ?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[])
          with ordinality as t(id, received_at, day, key_id, identity, digest, sealed,
            size, oversized, subscription_id, notification_id, event_id, event_type, lane, n)
      ), stored as (
        insert into inbox.delivery (id, received_at, day, key_id, identity, digest, size, content_kept,
            subscription_id, notification_id, event_id, event_type, lane)
        select id, received_at, day, key_id, identity, digest, size, not oversized,
            subscription_id, notification_id, event_id, event_type, lane
        from incoming order by n
        on conflict (key_id, identity) do nothing
        returning id, position
      ), bodies as (
        insert into inbox.body (day, delivery_id, key_id, sealed)
        select i.day, i.id, i.key_id, i.sealed from incoming i join stored s on s.id = i.id
      ), waiting as (
        insert into inbox.pending (position, lane, received_at)
        select s.position, i.lane, i.received_at from incoming i join stored s on s.id = i.id where not i.oversized
      ), set_aside as (
        insert into inbox.outcome (position, at, attempt, status, code, detail)
        select s.position, i.received_at, 0, 'quarantined', 'oversized', i.size || ' bytes were read'
        from incoming i join stored s on s.id = i.id where i.oversized
      )
      select id from stored
      """;

  private static final String FIRST =
      """
      select t.n, d.id, d.digest
      from unnest(?::uuid[], ?::bytea[]) with ordinality as t(key_id, identity, n)
      join inbox.delivery d on d.key_id = t.key_id and d.identity = t.identity
      """;

  private final DataSource dataSource;

  ArrivalStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** One receipt per arrival, in order; all of them durable when this returns. */
  List<Receipt> store(List<Arrival> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Receipt> receipts = receipts(connection, batch, insert(connection, batch));
        connection.commit();
        return receipts;
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      cause.addSuppressed(alsoFailed);
    }
  }

  private static Map<UUID, Boolean> insert(Connection connection, List<Arrival> batch)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      var columns = new Columns(connection, insert, batch);
      columns.add("uuid", Arrival::id);
      columns.add("timestamptz", Arrival::receivedAt);
      columns.add("date", Arrival::day);
      columns.add("uuid", Arrival::keyId);
      columns.bytes(Arrival::identity);
      columns.bytes(Arrival::digest);
      columns.bytes(Arrival::sealed);
      columns.add("int8", Arrival::size);
      columns.add("bool", Arrival::oversized);
      columns.add("uuid", arrival -> arrival.peek().subscriptionId());
      columns.add("int8", arrival -> arrival.peek().notificationId());
      columns.add("uuid", arrival -> arrival.peek().eventId());
      columns.add("text", arrival -> arrival.peek().eventType());
      columns.add("text", Arrival::lane);
      Map<UUID, Boolean> stored = new HashMap<>();
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          stored.put(rows.getObject(1, UUID.class), true);
        }
      }
      return stored;
    }
  }

  private static List<Receipt> receipts(
      Connection connection, List<Arrival> batch, Map<UUID, Boolean> stored) throws SQLException {
    List<Arrival> repeated =
        batch.stream().filter(arrival -> !stored.containsKey(arrival.id())).toList();
    Map<UUID, Receipt> firsts = new HashMap<>();
    if (!repeated.isEmpty()) {
      try (PreparedStatement select = connection.prepareStatement(FIRST)) {
        var columns = new Columns(connection, select, repeated);
        columns.add("uuid", Arrival::keyId);
        columns.bytes(Arrival::identity);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            var receipt =
                new Receipt(rows.getObject(2, UUID.class), Digests.text(rows.getBytes(3)), true);
            firsts.put(repeated.get(rows.getInt(1) - 1).id(), receipt);
          }
        }
      }
    }
    List<Receipt> receipts = new ArrayList<>(batch.size());
    for (Arrival arrival : batch) {
      Receipt first = firsts.get(arrival.id());
      if (first == null && !stored.containsKey(arrival.id())) {
        throw new SQLException("a stored delivery is not visible", "40001");
      }
      receipts.add(
          first == null ? new Receipt(arrival.id(), Digests.text(arrival.digest()), false) : first);
    }
    return receipts;
  }

  /** Arrays, one per column, set in order. */
  private static final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Arrival> batch;
    private int next = 1;

    Columns(Connection connection, PreparedStatement statement, List<Arrival> batch) {
      this.connection = connection;
      this.statement = statement;
      this.batch = batch;
    }

    void add(String type, Function<Arrival, @Nullable Object> value) throws SQLException {
      var values = new @Nullable String[batch.size()];
      for (int i = 0; i < values.length; i++) {
        Object one = value.apply(batch.get(i));
        values[i] = one == null ? null : one.toString();
      }
      set(connection.createArrayOf(type, values));
    }

    void bytes(Function<Arrival, byte[]> value) throws SQLException {
      byte[][] values = new byte[batch.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.apply(batch.get(i));
      }
      set(connection.createArrayOf("bytea", values));
    }

    private void set(Array array) throws SQLException {
      statement.setArray(next++, array);
    }
  }
}
