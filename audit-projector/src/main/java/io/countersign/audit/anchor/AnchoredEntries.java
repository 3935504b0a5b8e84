package io.countersign.audit.anchor;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.kernel.audit.AuditEvent.AnchorFailing;
import io.countersign.kernel.audit.AuditEvent.CheckpointAnchored;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of anchors stands in the log. */
final class AnchoredEntries {

  private final AuditEntries entries;
  private final JdbcClient jdbc;

  AnchoredEntries(AuditEntries entries, DataSource dataSource) {
    this.entries = entries;
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * What an anchor vouched for last.
   *
   * @param origin the log
   * @param size of the checkpoint
   * @param at when that was recorded
   */
  record Last(String origin, long size, Instant at) {}

  /** The newest entry of an anchor. These payloads hold nothing sealed and are never purged. */
  Optional<Last> last(String anchor) {
    return jdbc.sql(
            """
            select fact ->> 'origin' as origin, (fact ->> 'size')::bigint as size, at
            from (
              select index, recorded_at as at, convert_from(payload, 'UTF8')::jsonb as fact
              from eventlog.entry
              where name = 'auditlog.CheckpointAnchored'
              order by index desc
              offset 0) as anchored
            where fact ->> 'anchor' = ?
            order by index desc
            limit 1
            """)
        .param(anchor)
        .query(
            (row, _) ->
                new Last(
                    row.getString("origin"),
                    row.getLong("size"),
                    row.getTimestamp("at").toInstant()))
        .optional();
  }

  /** Whether there are entries other than the log's own housekeeping in this range. */
  boolean anythingElse(long from, long below) {
    return entries.anythingElse(from, below);
  }

  /** Since when the first of them waits. */
  Optional<Instant> waitsSince(long from, long below) {
    return jdbc.sql(
            """
            select recorded_at from eventlog.entry
            where index >= ? and index < ? and aggregate_type <> ? order by index limit 1
            """)
        .params(from, below, AuditEntries.TYPE)
        .query((row, _) -> row.getTimestamp("recorded_at").toInstant())
        .optional();
  }

  /** Records that an anchor fails, unless that is recorded under this id. */
  void append(AnchorFailing event, UUID id) {
    entries.append(event, AuditEntries.AUTOMATION, id);
  }

  /** Records what an anchor gave; on the disk when this returns. */
  void append(CheckpointAnchored event) {
    entries.append(event, AuditEntries.AUTOMATION);
  }
}
