package io.countersign.command.inbox;

import io.countersign.command.inbox.DeliveryView.Operation;
import io.countersign.command.inbox.DeliveryView.Step;
import io.countersign.command.inbox.DeliveryView.Summary;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the state of deliveries. */
final class DeliveryQueries {

  /** A delivery's state: received while it waits, else its last outcome. */
  private static final String SELECT =
      """
      select d.id, d.position, d.received_at, d.event_type, d.subscription_id, d.notification_id, d.event_id,
        d.lane, d.size, d.digest, d.content_kept, o.code, o.detail, o.aggregates, p.next_attempt_at,
        case when p.position is not null then 'received' else coalesce(o.status, 'received') end as status,
        coalesce(p.attempts, o.attempt, 0) as attempts
      from inbox.delivery d
      left join inbox.pending p on p.position = d.position
      left join lateral (
        select * from inbox.outcome o where o.position = d.position order by o.id desc limit 1) o on true
      """;

  private final JdbcClient jdbc;

  DeliveryQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A state with the aggregates its last outcome named. */
  record State(Summary summary, List<String> aggregates) {}

  /**
   * Newest first.
   *
   * @param status null for all
   * @param before only positions below this one
   */
  List<Summary> list(@Nullable String status, long before, int limit) {
    String which =
        status == null
            ? "where d.position < :before"
            : status.equals("received")
                ? "where d.position in (select position from inbox.pending where position < :before)"
                // the index on outcomes finds candidates; the last outcome decides
                : """
                  where d.position < :before and p.position is null and o.status = :status
                    and exists (select from inbox.outcome f where f.position = d.position and f.status = :status)
                  """;
    var query =
        jdbc.sql(SELECT + which + " order by d.position desc limit :limit")
            .param("before", before)
            .param("limit", limit);
    if (status != null && !status.equals("received")) {
      query = query.param("status", status);
    }
    return query.query((row, _) -> state(row).summary()).list();
  }

  Optional<State> find(UUID id) {
    return jdbc.sql(SELECT + "where d.id = :id")
        .param("id", id)
        .query((row, _) -> state(row))
        .optional();
  }

  List<Step> history(long position) {
    return jdbc.sql("select * from inbox.outcome where position = :position order by id limit 1000")
        .param("position", position)
        .query(
            (row, _) ->
                new Step(
                    Times.of(row, "at"),
                    row.getInt("attempt"),
                    row.getString("status"),
                    row.getString("code"),
                    row.getString("detail")))
        .list();
  }

  List<Operation> operations(long position) {
    return jdbc.sql(
            "select * from inbox.operation where position = :position order by id limit 1000")
        .param("position", position)
        .query(
            (row, _) ->
                new Operation(
                    Times.of(row, "at"),
                    row.getString("kind"),
                    row.getString("principal"),
                    row.getString("reason")))
        .list();
  }

  private static State state(ResultSet row) throws SQLException {
    OffsetDateTime next = row.getObject("next_attempt_at", OffsetDateTime.class);
    var summary =
        new Summary(
            row.getObject("id", UUID.class),
            row.getLong("position"),
            Times.of(row, "received_at"),
            row.getString("status"),
            row.getString("code"),
            row.getString("detail"),
            row.getInt("attempts"),
            next == null ? null : next.toInstant(),
            row.getString("event_type"),
            row.getObject("subscription_id", UUID.class),
            row.getObject("notification_id", Long.class),
            row.getObject("event_id", UUID.class),
            row.getString("lane"),
            row.getLong("size"),
            Digests.text(row.getBytes("digest")),
            row.getBoolean("content_kept"));
    Array aggregates = row.getArray("aggregates");
    return new State(
        summary, aggregates == null ? List.of() : List.of((String[]) aggregates.getArray()));
  }
}
