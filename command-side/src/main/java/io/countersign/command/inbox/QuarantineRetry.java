package io.countersign.command.inbox;

import io.countersign.kernel.access.Principal;
import java.sql.Types;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts quarantined deliveries back by the page, after the reason for their failure has gone. */
final class QuarantineRetry {

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Runnable wakeWorkers;

  QuarantineRetry(JdbcClient jdbc, InstantSource clock, Runnable wakeWorkers) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.wakeWorkers = wakeWorkers;
  }

  /**
   * Puts back those quarantined with this code whose content is kept, oldest first, each recorded
   * as retried by the principal.
   *
   * @param after only positions above this one
   * @return positions put back, ascending
   */
  List<Long> page(
      String code, long after, int limit, Principal principal, @Nullable String reason) {
    List<Long> positions =
        jdbc.sql(
                """
                with quarantined as materialized (
                  select d.position, d.lane, d.received_at
                  from (select distinct f.position from inbox.outcome f
                        where f.status = 'quarantined' and f.position > :after) q
                  join inbox.delivery d on d.position = q.position
                  join inbox.body b on b.day = d.day and b.delivery_id = d.id
                  cross join lateral (
                    select o.status, o.code from inbox.outcome o
                    where o.position = d.position order by o.id desc limit 1) last
                  where d.content_kept and last.status = 'quarantined' and last.code = :code
                    and not exists (select from inbox.pending p where p.position = d.position)
                  order by d.position limit :limit
                ), back as (
                  insert into inbox.pending (position, lane, received_at)
                  select position, lane, received_at from quarantined
                  on conflict (position) do nothing
                  returning position
                ), recorded as (
                  insert into inbox.operation (position, kind, principal, at, reason)
                  select position, 'retry', :principal, :at, :reason from back
                )
                select position from back order by position
                """)
            .param("after", after)
            .param("code", code)
            .param("limit", limit)
            .param("principal", principal.name())
            .param("at", Times.sql(clock.instant()))
            .param("reason", reason, Types.VARCHAR)
            .query(Long.class)
            .list();
    if (!positions.isEmpty()) {
      wakeWorkers.run();
    }
    return positions;
  }
}
