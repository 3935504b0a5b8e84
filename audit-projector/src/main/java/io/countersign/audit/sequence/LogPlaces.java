package io.countersign.audit.sequence;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of a source has its place in the log, and up to where the source was read. */
final class LogPlaces {

  private final JdbcClient jdbc;

  LogPlaces(DataSource log) {
    this.jdbc = JdbcClient.create(log);
  }

  /** Those of these events that are entries. */
  Set<UUID> known(Collection<UUID> ids) {
    return new HashSet<>(
        jdbc.sql("select event_id from eventlog.entry where event_id = any (?)")
            .param(ids.toArray(UUID[]::new))
            .query(UUID.class)
            .list());
  }

  /** The last sequence of each of these aggregates that has entries. */
  Map<String, Long> lastSequences(Collection<String> aggregates) {
    Map<String, Long> last = new HashMap<>();
    jdbc.sql(
            """
            select a.id, l.sequence
            from unnest(?::text[]) a (id)
            cross join lateral (
              select e.sequence from eventlog.entry e
              where e.aggregate_id = a.id order by e.sequence desc limit 1) l
            """)
        .param(aggregates.stream().distinct().toArray(String[]::new))
        .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .forEach(one -> last.put(one.getKey(), one.getValue()));
    return last;
  }

  Optional<String> position(String source) {
    return jdbc.sql("select position from sequencer.position where source = ?")
        .param(source)
        .query(String.class)
        .optional();
  }

  void remember(String source, String position) {
    jdbc.sql(
            """
            insert into sequencer.position (source, position) values (?, ?)
            on conflict (source) do update set position = excluded.position
            """)
        .params(source, position)
        .update();
  }
}
