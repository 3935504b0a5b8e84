package io.countersign.command.inbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps leases alive, gives them up, and takes back those of nodes that are gone. */
final class Leases {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final UUID node;
  private final Duration lease;
  private final int maxAttempts;

  Leases(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      InstantSource clock,
      UUID node,
      InboxSettings settings) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.node = node;
    this.lease = settings.lease();
    this.maxAttempts = settings.maxAttempts();
  }

  /** Prolongs what this node works on. A lease that was taken back stays lost. */
  void renew(Collection<Claim> claims) {
    if (!claims.isEmpty()) {
      jdbc.sql(
              """
              with held as materialized (
                select lane from inbox.lane_lease
                where fence = any(:fences) and lane = any(:lanes::text[]) and node = :node
                order by lane for update skip locked
              )
              update inbox.lane_lease l set expires_at = now() + :lease * interval '1 millisecond'
              from held h where l.lane = h.lane
              """)
          .param("lease", lease.toMillis())
          .param("fences", claims.stream().map(Claim::fence).toArray(Long[]::new))
          .param("lanes", claims.stream().map(Claim::lane).toArray(String[]::new))
          .param("node", node)
          .update();
    }
  }

  /** Gives up claims whose work has ended without being closed. */
  void release(Collection<Claim> claims) {
    if (!claims.isEmpty()) {
      jdbc.sql(
              """
              delete from inbox.lane_lease
              where fence = any(:fences) and lane = any(:lanes::text[]) and node = :node
              """)
          .param("fences", claims.stream().map(Claim::fence).toArray(Long[]::new))
          .param("lanes", claims.stream().map(Claim::lane).toArray(String[]::new))
          .param("node", node)
          .update();
    }
  }

  /**
   * Takes back expired leases. A delivery that was the only one its node worked on has failed once
   * more, so that one that kills its node does not do so for ever. Of several nobody knows which
   * was to blame: none is, and from the second time on they are handled alone.
   *
   * @return lanes freed
   */
  int reclaim() {
    Integer freed =
        transactions.execute(
            _ -> {
              List<Long> lost = takeBack();
              if (!lost.isEmpty()) {
                giveUp(lost);
              }
              return lost.size();
            });
    return freed == null ? 0 : freed;
  }

  private List<Long> takeBack() {
    return jdbc.sql(
            """
            with expired as (
              select lane from inbox.lane_lease where expires_at <= now() order by lane limit 500 for update skip locked
            ), lost as (
              delete from inbox.lane_lease l using expired e where l.lane = e.lane
              returning l.position, (select count(*) from inbox.lane_lease o where o.node = l.node) > 1 as shared
            ), counted as (
              update inbox.pending p
              set attempts = p.attempts + 1, excused = p.excused + l.shared::int, lost = least(p.lost + l.shared::int, 100)
              from lost l where p.position = l.position returning p.position, p.attempts
            ), recorded as (
              insert into inbox.outcome (position, at, attempt, status, code)
              select position, :at, attempts, 'failed', 'lease-expired' from counted
            )
            select position from lost
            """)
        .param("at", Times.sql(clock.instant()))
        .query(Long.class)
        .list();
  }

  private void giveUp(List<Long> positions) {
    jdbc.sql(
            """
            with gone as (
              delete from inbox.pending where position = any(:positions) and attempts - excused >= :max returning position, attempts
            )
            insert into inbox.outcome (position, at, attempt, status, code, detail)
            select position, :at, attempts, 'quarantined', 'attempts-exhausted', 'lease-expired' from gone
            """)
        .param("positions", positions.toArray(Long[]::new))
        .param("max", maxAttempts)
        .param("at", Times.sql(clock.instant()))
        .update();
  }
}
