package io.countersign.command.automation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Intents of some kinds that are not over, for the feature whose kinds they are. */
public final class IntentDesk {

  private final JdbcClient jdbc;
  private final IntentStore store;
  private final Runnable wake;

  IntentDesk(DataSource dataSource, IntentStore store, Runnable wake) {
    this.jdbc = JdbcClient.create(dataSource);
    this.store = store;
    this.wake = wake;
  }

  /**
   * An intent that waits or has failed.
   *
   * @param intent as whoever does it sees it
   * @param status waiting or failed
   * @param nextAt when it is tried next, or was
   * @param code why the last try came to nothing
   */
  public record Standing(Intent intent, String status, Instant nextAt, @Nullable String code) {}

  /**
   * How many there are.
   *
   * @param waiting how many wait
   * @param failed how many have failed
   * @param oldestDue since when the oldest of them is due
   */
  public record Counts(long waiting, long failed, @Nullable Instant oldestDue) {}

  /** The oldest first. */
  public List<Standing> standing(Collection<String> kinds, int limit) {
    return jdbc.sql(
            """
            select * from automation.intent where status in ('waiting', 'failed') and kind in (:kinds)
            order by entry_index, ordinal, id limit :limit
            """)
        .param("kinds", kinds)
        .param("limit", limit)
        .query((row, _) -> standing(row))
        .list();
  }

  /** How many have failed, of all kinds but one. */
  public long failedBut(String kind) {
    return jdbc.sql(
            "select count(*) from automation.intent where status = 'failed' and kind <> :kind")
        .param("kind", kind)
        .query(Long.class)
        .single();
  }

  /** Those of one kind that have failed, the oldest first. */
  public List<Standing> failed(String kind, int limit) {
    return jdbc.sql(
            """
            select * from automation.intent where status = 'failed' and kind = :kind
            order by entry_index, ordinal, id limit :limit
            """)
        .param("kind", kind)
        .param("limit", limit)
        .query((row, _) -> standing(row))
        .list();
  }

  /** One that waits or has failed. */
  public Optional<Standing> find(Collection<String> kinds, UUID id) {
    return jdbc.sql(
            """
            select * from automation.intent
            where id = :id and status in ('waiting', 'failed') and kind in (:kinds)
            """)
        .param("id", id)
        .param("kinds", kinds)
        .query((row, _) -> standing(row))
        .optional();
  }

  /** How many there are of some kinds. */
  public Counts counts(Collection<String> kinds) {
    return jdbc.sql(
            """
            select count(*) filter (where status = 'waiting') as waiting,
              count(*) filter (where status = 'failed') as failed, min(due_at) as oldest
            from automation.intent where status in ('waiting', 'failed') and kind in (:kinds)
            """)
        .param("kinds", kinds)
        .query(
            (row, _) -> {
              OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
              return new Counts(
                  row.getLong("waiting"),
                  row.getLong("failed"),
                  oldest == null ? null : oldest.toInstant());
            })
        .single();
  }

  /**
   * Has it tried now, whether it waits or has failed.
   *
   * @return false when it is over
   */
  public boolean retry(UUID id, String principal, String reason) {
    boolean found = store.retry(id, principal, reason) || store.hurry(id, principal, reason);
    wake.run();
    return found;
  }

  /**
   * Gives it up.
   *
   * @return false when it is over
   */
  public boolean drop(UUID id, String principal, String reason) {
    boolean dropped = store.drop(id, principal, reason);
    wake.run();
    return dropped;
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        IntentQueries.intent(row, 0),
        row.getString("status"),
        row.getObject("next_at", OffsetDateTime.class).toInstant(),
        row.getString("code"));
  }
}
