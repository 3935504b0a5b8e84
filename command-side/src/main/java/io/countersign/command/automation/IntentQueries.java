package io.countersign.command.automation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how intents stand. */
final class IntentQueries {

  private final JdbcClient jdbc;

  IntentQueries(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * By id, which has no meaning: what matters is that a page goes on where the one before ended.
   *
   * @param status null for all
   * @param after null for the first page
   */
  List<IntentView> list(@Nullable String status, @Nullable UUID after, int limit) {
    return jdbc.sql(
            """
            select * from automation.intent
            where (:status::text is null or status = :status) and (:after::uuid is null or id > :after)
            order by id limit :limit
            """)
        .param("status", status)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> view(row))
        .list();
  }

  Optional<IntentView> find(UUID id) {
    return jdbc.sql("select * from automation.intent where id = :id")
        .param("id", id)
        .query((row, _) -> view(row))
        .optional();
  }

  /** An intent as whoever does it sees it. */
  static Intent intent(ResultSet row, int maxAttempts) throws SQLException {
    return new Intent(
        row.getObject("id", UUID.class),
        row.getString("automation"),
        row.getString("kind"),
        row.getString("payload"),
        row.getString("lane"),
        row.getLong("entry_index"),
        row.getString("causation_id"),
        row.getString("correlation_id"),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"),
        maxAttempts,
        row.getInt("attempts") > 1 || row.getString("code") != null);
  }

  private static IntentView view(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new IntentView(
        row.getObject("id", UUID.class),
        row.getString("automation"),
        row.getString("kind"),
        row.getString("lane"),
        row.getString("topic"),
        row.getLong("entry_index"),
        status,
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        status.equals("waiting") ? time(row, "next_at") : null,
        row.getInt("attempts"),
        row.getString("code"),
        time(row, "ended_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
