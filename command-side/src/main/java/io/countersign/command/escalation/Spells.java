package io.countersign.command.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Since when facts hold, the same for all nodes and starts. */
final class Spells {

  private final JdbcClient jdbc;

  Spells(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * It holds now.
   *
   * @return since when, while nobody said that it was raised
   */
  Optional<Instant> unraised(String kind, String subject, Instant now) {
    return jdbc.sql(
            """
            insert into escalation.spell as s (kind, subject, since, seen)
            values (:kind, :subject, :now, :now)
            on conflict (kind, subject) do update set seen = greatest(s.seen, excluded.seen)
            returning since, raised
            """)
        .param("kind", kind)
        .param("subject", subject)
        .param("now", sql(now))
        .query(
            (row, _) ->
                row.getBoolean("raised")
                    ? Optional.<Instant>empty()
                    : Optional.of(row.getObject("since", OffsetDateTime.class).toInstant()))
        .single();
  }

  /** An escalation knows of it. */
  void raised(String kind, String subject) {
    jdbc.sql("update escalation.spell set raised = true where kind = :kind and subject = :subject")
        .param("kind", kind)
        .param("subject", subject)
        .update();
  }

  /** Those that were not seen since are over: what holds again is a spell of its own. */
  void end(String kind, Instant since) {
    jdbc.sql("delete from escalation.spell where kind = :kind and seen < :since")
        .param("kind", kind)
        .param("since", sql(since))
        .update();
  }

  private static OffsetDateTime sql(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
