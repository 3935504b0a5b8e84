package io.countersign.query.operation;

import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code query.operation}. All times are the database's. */
final class OperationTable {

  /** A node that shows no life for so long has lost what it was at. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** So long one that has ended is known; the log has it for ever. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final String COLUMNS =
      """
      select id, projection, kind, reason, requested_by, requested_at, state, node, started_at, ended_at, entries_done,
        entries_all, outcome, error, result, options, phase
      from query.operation
      """;

  private static final String MINE = " where id = :id and node = :node and state = 'running'";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  OperationTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * What a node is at.
   *
   * @param resultEvent id its result's event has in the log
   * @param canceled whether it is no longer wanted, though its last node did not hear of it
   * @param marked whether what must not be done twice is done
   */
  record Claim(Operation operation, UUID resultEvent, boolean canceled, boolean marked) {}

  /**
   * Adds an operation.
   *
   * @return false when it is there already, or when something is under way with the projection
   */
  boolean add(
      UUID id,
      String projection,
      OperationKind kind,
      OperationOptions options,
      String reason,
      String requestedBy) {
    return jdbc.sql(
                """
                insert into query.operation (id, projection, kind, options, reason, requested_by)
                values (:id, :projection, :kind, :options, :reason, :by)
                on conflict do nothing
                """)
            .param("id", id)
            .param("projection", projection)
            .param("kind", kind.word())
            .param("options", JSON.writeValueAsString(options))
            .param("reason", reason)
            .param("by", requestedBy)
            .update()
        > 0;
  }

  /**
   * Takes the oldest that nobody is at, or whose node has died.
   *
   * @param kinds words of the kinds that may be taken
   */
  Optional<Claim> claim(String node, List<String> kinds) {
    return jdbc.sql(
            """
            update query.operation
            set state = 'running', node = :node, lease_until = now() + make_interval(secs => :lease),
              started_at = coalesce(started_at, now())
            where id = (
              select id from query.operation
              where (state = 'requested' or state = 'running' and lease_until < now()) and kind in (:kinds)
              order by requested_at limit 1 for update skip locked)
            returning id, projection, kind, reason, requested_by, requested_at, state, node, started_at, ended_at,
              entries_done, entries_all, outcome, error, result, options, phase, result_event, cancel_requested, step is not null as marked
            """)
        .param("node", node)
        .param("lease", LEASE.toSeconds())
        .param("kinds", kinds)
        .query(
            (row, _) ->
                new Claim(
                    operation(row),
                    row.getObject("result_event", UUID.class),
                    row.getBoolean("cancel_requested"),
                    row.getBoolean("marked")))
        .optional();
  }

  /**
   * Marks, in the connection's transaction, that what must not be done twice is done.
   *
   * @return whether it was not marked before
   */
  static boolean markOnce(Connection connection, UUID id) {
    return JdbcClient.create(new SingleConnectionDataSource(connection, true))
            .sql("update query.operation set step = 'done' where id = ? and step is null")
            .param(id)
            .update()
        > 0;
  }

  /** What a node that shows life is told. */
  enum Standing {
    GO_ON,
    CANCELED,
    LOST
  }

  /** Shows life and how far it is. */
  Standing renew(UUID id, String node, @Nullable String phase, long done, long all) {
    return jdbc.sql(
            """
            update query.operation
            set lease_until = now() + make_interval(secs => :lease), entries_done = :done, entries_all = :all,
              phase = :phase
            """
                + MINE
                + " returning cancel_requested")
        .param("lease", LEASE.toSeconds())
        .param("phase", phase)
        .param("done", done)
        .param("all", all < 0 ? null : all)
        .param("id", id)
        .param("node", node)
        .query(Boolean.class)
        .optional()
        .map(canceled -> canceled ? Standing.CANCELED : Standing.GO_ON)
        .orElse(Standing.LOST);
  }

  /** It ended. Changes nothing when another node has taken it over. */
  void end(
      UUID id,
      String node,
      OperationState state,
      @Nullable String outcome,
      @Nullable String error,
      @Nullable String result) {
    jdbc.sql(
            """
            update query.operation
            set state = :state, outcome = :outcome, error = :error, result = :result, ended_at = now(), lease_until = null
            """
                + MINE)
        .param("state", state.word())
        .param("outcome", outcome)
        .param("error", error)
        .param("result", result)
        .param("id", id)
        .param("node", node)
        .update();
  }

  /** Gives it back, for the next node or the next start. */
  void release(UUID id, String node) {
    jdbc.sql("update query.operation set state = 'requested', lease_until = null" + MINE)
        .param("id", id)
        .param("node", node)
        .update();
  }

  /** No longer wanted: at once when nobody is at it, else as soon as its node hears of it. */
  void cancel(UUID id) {
    jdbc.sql(
            """
            update query.operation
            set cancel_requested = true,
              state = case when state = 'requested' then 'canceled' else state end,
              ended_at = case when state = 'requested' then now() else ended_at end
            where id = :id and state in ('requested', 'running')
            """)
        .param("id", id)
        .update();
  }

  /**
   * Forgets what ended long ago, a part of it at a time.
   *
   * @return how many
   */
  int sweep() {
    return jdbc.sql(
            """
            delete from query.operation where id in (
              select id from query.operation where ended_at < now() - make_interval(secs => :kept)
              order by requested_at limit 1000 for update skip locked)
            """)
        .param("kept", KEPT.toSeconds())
        .update();
  }

  Optional<Operation> find(UUID id) {
    return jdbc.sql(COLUMNS + " where id = :id")
        .param("id", id)
        .query((row, _) -> operation(row))
        .optional();
  }

  /** What is under way with a projection. */
  Optional<Operation> open(String projection) {
    return jdbc.sql(
            COLUMNS + " where projection = :projection and state in ('requested', 'running')")
        .param("projection", projection)
        .query((row, _) -> operation(row))
        .optional();
  }

  /** The newest ones first. */
  List<Operation> newest(@Nullable String projection, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                 where :projection::text is null or projection = :projection
                order by requested_at desc, id limit :limit
                """)
        .param("projection", projection)
        .param("limit", limit)
        .query((row, _) -> operation(row))
        .list();
  }

  private static Operation operation(ResultSet row) throws SQLException {
    return new Operation(
        row.getObject("id", UUID.class),
        row.getString("projection"),
        OperationKind.of(row.getString("kind")),
        JSON.readValue(row.getString("options"), OperationOptions.class),
        row.getString("reason"),
        row.getString("requested_by"),
        row.getTimestamp("requested_at").toInstant(),
        OperationState.of(row.getString("state")),
        row.getString("node"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getString("phase"),
        row.getLong("entries_done"),
        row.getObject("entries_all", Long.class),
        row.getString("outcome"),
        row.getString("error"),
        row.getString("result"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
