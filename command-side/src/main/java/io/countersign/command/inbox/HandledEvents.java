package io.countersign.command.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which events of a source were received and dealt with, by their ids. */
public final class HandledEvents {

  private final JdbcClient jdbc;

  HandledEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of these that were handled, or found to be nothing for us; not those that wait. */
  public Set<UUID> among(Collection<UUID> events) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct d.event_id from inbox.delivery d
                join inbox.outcome o on o.position = d.position
                where d.event_id = any(?) and o.status in ('handled', 'ignored', 'duplicate')
                """)
            .param(1, events.toArray(UUID[]::new))
            .query(UUID.class)
            .list());
  }
}
