package io.countersign.command.escalation;

import io.countersign.command.inbox.InboxSignals;
import io.countersign.command.inbox.InboxSignals.Heard;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When each webhook subscription delivered last. Deliveries are too many to be searched for a
 * subscription that has none, so what is new is noted down, a bounded part at each look.
 */
final class Hearing {

  /** Deliveries that are committed out of order are not missed within this distance. */
  private static final int OVERLAP = 1_000;

  /** What has been silent for so many times the limit was removed: nobody waits for it. */
  private static final int FORGOTTEN = 10;

  private final JdbcClient jdbc;
  private final InboxSignals inbox;
  private final int part;

  Hearing(DataSource dataSource, InboxSignals inbox, int part) {
    this.jdbc = JdbcClient.create(dataSource);
    this.inbox = inbox;
    this.part = part;
  }

  /** Subscriptions that are silent; none while there is more to be noted down. */
  List<Heard> silent(Instant now, Duration limit, int most) {
    if (!caughtUp()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select subscription, position, at from escalation.heard
            where at < :silent and at > :forgotten and subscription <> :nobody order by at limit :most
            """)
        .param("silent", sql(now.minus(limit)))
        .param("forgotten", sql(now.minus(limit.multipliedBy(FORGOTTEN))))
        .param("nobody", InboxSignals.NO_SUBSCRIPTION)
        .param("most", most)
        .query(
            (row, _) ->
                new Heard(
                    row.getObject("subscription", UUID.class),
                    row.getLong("position"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private boolean caughtUp() {
    long known =
        jdbc.sql("select coalesce(max(position), 0) from escalation.heard")
            .query(Long.class)
            .single();
    long from = Math.max(-1, known - OVERLAP);
    InboxSignals.Part fresh = inbox.heardAfter(from, OVERLAP + part);
    // in one order on all nodes: they do not wait for each other in a circle
    fresh.heard().stream().sorted(Comparator.comparing(Heard::subscription)).forEach(this::note);
    return fresh.isLast();
  }

  private void note(Heard heard) {
    jdbc.sql(
            """
            insert into escalation.heard as h (subscription, position, at)
            values (:subscription, :position, :at)
            on conflict (subscription) do update set position = excluded.position, at = greatest(h.at, excluded.at)
            where h.position < excluded.position
            """)
        .param("subscription", heard.subscription())
        .param("position", heard.position())
        .param("at", sql(heard.at()))
        .update();
  }

  private static OffsetDateTime sql(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
