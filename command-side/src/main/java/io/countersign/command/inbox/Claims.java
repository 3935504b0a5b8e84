package io.countersign.command.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims deliveries in arrival order, the first of each lane, by a lease on the lane in the
 * database. A delivery in backoff is the first of its lane and keeps the lane waiting. First the
 * lease is taken, then the lane's first delivery is read: so nothing another node just finished is
 * claimed again. Times are the database's: nodes need not agree on theirs.
 *
 * <p>Scans start at the oldest position known to wait, so that rows deleted under a long snapshot
 * are not walked over each time; every so often one starts at zero, for what another node committed
 * late or an operator put back.
 */
final class Claims {

  private static final int PAGE = 256;
  private static final int MAX_PAGE = 8192;
  private static final long FULL_SCAN_NANOS = Duration.ofSeconds(10).toNanos();

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final UUID node;
  private final Duration lease;
  private volatile long floor;
  private long lastFullScan = System.nanoTime() - FULL_SCAN_NANOS;
  private volatile boolean scanAll;

  Claims(JdbcClient jdbc, TransactionTemplate transactions, UUID node, Duration lease) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.node = node;
    this.lease = lease;
  }

  /**
   * What was claimed.
   *
   * @param nextDueMillis time until the first delivery in backoff is due; {@link Long#MAX_VALUE}
   *     when there is none
   */
  record Taken(List<Claim> claims, long nextDueMillis) {}

  /** Starts the next scan at the very first position. */
  void scanAll() {
    scanAll = true;
  }

  /** Position below which nothing waited at the last scan. */
  long floor() {
    return floor;
  }

  /** Claims up to so many deliveries. One thread of a node calls this. */
  Taken take(int wanted) {
    long from = from();
    Set<String> seen = new LinkedHashSet<>();
    List<String> free = new ArrayList<>();
    long nextDue = Long.MAX_VALUE;
    long first = -1;
    long after = from - 1;
    int page = PAGE;
    while (free.size() < wanted) {
      List<Waiting> waiting = scan(after, page);
      for (Waiting one : waiting) {
        first = first < 0 ? one.position : first;
        if (seen.add(one.lane) && !one.leased && free.size() < wanted) {
          if (one.dueInMillis <= 0) {
            free.add(one.lane);
          } else {
            nextDue = Math.min(nextDue, one.dueInMillis);
          }
        }
      }
      if (waiting.size() < page) {
        break;
      }
      after = waiting.getLast().position;
      page = Math.min(MAX_PAGE, page * 4);
    }
    if (first >= 0) {
      floor = first;
    }
    return new Taken(free.isEmpty() ? List.of() : lease(free), nextDue);
  }

  private long from() {
    if (scanAll || System.nanoTime() - lastFullScan >= FULL_SCAN_NANOS) {
      scanAll = false;
      lastFullScan = System.nanoTime();
      floor = 0;
    }
    return floor;
  }

  private List<Waiting> scan(long after, int limit) {
    return jdbc.sql(
            """
            select p.position, p.lane, ceil(extract(epoch from p.next_attempt_at - now()) * 1000)::bigint as due_in,
              exists (select from inbox.lane_lease l where l.lane = p.lane) as leased
            from inbox.pending p where p.position > :after order by p.position limit :limit
            """)
        .param("after", after)
        .param("limit", limit)
        .query(
            (row, _) ->
                new Waiting(row.getLong(1), row.getString(2), row.getLong(3), row.getBoolean(4)))
        .list();
  }

  private List<Claim> lease(Collection<String> lanes) {
    List<Claim> claims =
        transactions.execute(
            _ -> {
              List<String> leased =
                  jdbc.sql(
                          """
                          insert into inbox.lane_lease (lane, position, node, expires_at)
                          select lane, 0, :node, now() + :lease * interval '1 millisecond'
                          from unnest(:lanes::text[]) as lane order by lane
                          on conflict (lane) do nothing
                          returning lane
                          """)
                      .param("node", node)
                      .param("lease", lease.toMillis())
                      .param("lanes", lanes.toArray(String[]::new))
                      .query(String.class)
                      .list();
              return leased.isEmpty() ? List.of() : heads(leased);
            });
    return claims == null ? List.of() : claims;
  }

  private List<Claim> heads(List<String> leased) {
    String[] lanes = leased.toArray(String[]::new);
    List<Claim> claims =
        jdbc.sql(
                """
                with head as (
                  select l.lane, p.position, p.attempts, p.excused
                  from unnest(:lanes::text[]) as l(lane)
                  cross join lateral (
                    select position, attempts, excused, next_attempt_at from inbox.pending p
                    where p.lane = l.lane and p.position >= :floor order by p.position limit 1) p
                  where p.next_attempt_at <= now()
                )
                update inbox.lane_lease l set position = h.position
                from head h where l.lane = h.lane and l.node = :node
                returning h.position, l.lane, l.fence, h.attempts + 1, h.excused
                """)
            .param("lanes", lanes)
            .param("floor", floor)
            .param("node", node)
            .query(
                (row, _) ->
                    new Claim(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getInt(5)))
            .list();
    if (claims.size() < leased.size()) {
      jdbc.sql(
              "delete from inbox.lane_lease where lane = any(:lanes::text[]) and node = :node and position = 0")
          .param("lanes", lanes)
          .param("node", node)
          .update();
    }
    return claims.stream().sorted((a, b) -> Long.compare(a.position(), b.position())).toList();
  }

  private record Waiting(long position, String lane, long dueInMillis, boolean leased) {}
}
