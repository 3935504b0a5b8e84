package io.countersign.command.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims deliveries in arrival order, the first of each lane, by a lease on the lane in the
 * database. A delivery in backoff is the first of its lane and keeps the lane waiting. Two
 * statements for however many: the first looks for lanes and leases them, the second, which sees
 * what others had committed by then, reads what still waits in them with its content. So nothing
 * another node just finished is claimed again. Times are the database's: nodes need not agree on
 * theirs.
 *
 * <p>Leases commit without waiting for a flush: a crash of the server that forgets one leaves a
 * lane free and a worker without a lease, who may not close his delivery. Fences therefore come
 * from the node and not from the database, where a crash could hand one out again.
 *
 * <p>Scans start at the oldest position known to wait, so that rows deleted under a long snapshot
 * are not walked over each time; every so often one starts at zero, for what another node committed
 * late or an operator put back.
 */
final class Claims {

  /** Larger ones are read when they are handled, a few at a time. */
  static final int SMALL_BYTES = 32 << 10;

  /** Handled alone once its node died, or lost its leases, so often while it was among others. */
  static final int SUSPECT = 2;

  private static final int PAGE = 256;
  private static final int MAX_PAGE = 65_536;
  private static final long FULL_SCAN_NANOS = Duration.ofSeconds(10).toNanos();

  private static final String LEASE =
      """
      with page as materialized (
        select position, lane, next_attempt_at, lost from inbox.pending where position >= :from order by position limit :page
      ), head as (
        select distinct on (lane) lane, position, next_attempt_at, lost >= %1$d as suspect from page order by lane, position
      ), free as (
        select h.* from head h where not exists (select from inbox.lane_lease l where l.lane = h.lane)
      ), due as (
        select lane, position, row_number() over (order by position) as n
        from free where next_attempt_at <= now() and suspect = :suspects order by position limit :wanted
      ), leased as (
        insert into inbox.lane_lease (lane, position, node, fence, expires_at)
        select lane, position, :node, :fence - n, now() + :lease * interval '1 millisecond' from due order by lane
        on conflict (lane) do nothing
        returning lane, position, fence
      )
      select l.lane, l.position, l.fence, s.*
      from (
        select count(*) as rows, min(position) as first,
          (select count(*) from free where next_attempt_at <= now() and suspect) as suspects,
          (select ceil(extract(epoch from min(next_attempt_at) - now()) * 1000)::bigint from free where next_attempt_at > now()) as due_in,
          set_config('synchronous_commit', 'off', true)
        from page) s
      left join leased l on true
      """
          .formatted(SUSPECT);

  private static final String READ =
      """
      select p.position as pending_position, l.lane, l.fence, p.attempts, p.excused, d.size <= :small as small, %s
      from unnest(:positions::bigint[], :lanes::text[], :fences::bigint[]) as l(position, lane, fence)
      join inbox.pending p on p.position = l.position and p.next_attempt_at <= now()
      left join inbox.delivery d on d.position = p.position
      left join inbox.body b on b.day = d.day and b.delivery_id = d.id and d.size <= :small
      """
          .formatted(ContentStore.COLUMNS);

  private final JdbcClient jdbc;
  private final UUID node;
  private final Duration lease;

  /** Counts down: no fence of an operator, which come from the database's sequence, is below 0. */
  private long lastFence;

  private volatile long floor;
  private long lastFullScan = System.nanoTime() - FULL_SCAN_NANOS;
  private volatile boolean scanAll;

  Claims(JdbcClient jdbc, UUID node, Duration lease) {
    this.jdbc = jdbc;
    this.node = node;
    this.lease = lease;
  }

  /**
   * What was claimed.
   *
   * @param nextDueMillis time until the first delivery in backoff is due; {@link Long#MAX_VALUE}
   *     when there is none
   * @param suspects whether there are due ones that are only handled alone
   */
  record Taken(List<Claim> claims, long nextDueMillis, boolean suspects) {

    static final Taken NOTHING = new Taken(List.of(), Long.MAX_VALUE, false);
  }

  /** Starts the next scan at the very first position. */
  void scanAll() {
    scanAll = true;
  }

  /** Position below which nothing waited at the last scan. */
  long floor() {
    return floor;
  }

  /** Claims up to so many deliveries, without suspects. One thread of a node calls this. */
  Taken take(int wanted) {
    return take(wanted, false);
  }

  /** Claims one suspect. The node has to be idle, and to claim nothing else until it is done. */
  Taken takeSuspect() {
    return take(1, true);
  }

  private Taken take(int wanted, boolean suspects) {
    boolean more = false;
    long from = from();
    List<Leased> leased = new ArrayList<>();
    long nextDue = Long.MAX_VALUE;
    for (int page = PAGE; ; page *= 4) {
      Page seen = lease(from, page, wanted - leased.size(), suspects);
      more |= seen.suspects;
      leased.addAll(seen.leased);
      nextDue = Math.min(nextDue, seen.nextDueMillis);
      if (seen.first >= 0) {
        floor = seen.first;
      }
      if (leased.size() >= wanted || seen.rows < page || page >= MAX_PAGE) {
        return new Taken(leased.isEmpty() ? List.of() : read(leased), nextDue, more);
      }
    }
  }

  private long from() {
    if (scanAll || System.nanoTime() - lastFullScan >= FULL_SCAN_NANOS) {
      scanAll = false;
      lastFullScan = System.nanoTime();
      floor = 0;
    }
    return floor;
  }

  private Page lease(long from, int page, int wanted, boolean suspects) {
    Page seen = new Page();
    jdbc.sql(LEASE)
        .param("from", from)
        .param("page", page)
        .param("wanted", wanted)
        .param("suspects", suspects)
        .param("node", node)
        .param("fence", lastFence)
        .param("lease", lease.toMillis())
        .query(
            row -> {
              seen.rows = row.getInt("rows");
              seen.suspects = row.getLong("suspects") > 0;
              seen.first = row.getObject("first") == null ? -1 : row.getLong("first");
              seen.nextDueMillis =
                  row.getObject("due_in") == null ? Long.MAX_VALUE : row.getLong("due_in");
              if (row.getString("lane") != null) {
                seen.leased.add(
                    new Leased(
                        row.getLong("position"), row.getString("lane"), row.getLong("fence")));
              }
            });
    lastFence -= wanted;
    return seen;
  }

  private List<Claim> read(List<Leased> leased) {
    Long[] fences = leased.stream().map(Leased::fence).toArray(Long[]::new);
    String[] lanes = leased.stream().map(Leased::lane).toArray(String[]::new);
    List<Claim> claims =
        jdbc.sql(READ)
            .param("small", SMALL_BYTES)
            .param("positions", leased.stream().map(Leased::position).toArray(Long[]::new))
            .param("lanes", lanes)
            .param("fences", fences)
            .query((row, _) -> claim(row))
            .list();
    if (claims.size() < leased.size()) {
      Set<Long> kept = claims.stream().map(Claim::fence).collect(Collectors.toSet());
      giveUp(leased.stream().filter(one -> !kept.contains(one.fence)).toList());
    }
    return claims.stream().sorted(Comparator.comparingLong(Claim::position)).toList();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    boolean readWithIt = row.getBoolean("small") && row.getObject("id") != null;
    return new Claim(
        row.getLong("pending_position"),
        row.getString("lane"),
        row.getLong("fence"),
        row.getInt("attempts") + 1,
        row.getInt("excused"),
        readWithIt ? ContentStore.stored(row) : null);
  }

  /** Somebody else had finished them between the scan and the lease. */
  private void giveUp(List<Leased> leased) {
    jdbc.sql(
            """
            delete from inbox.lane_lease
            where fence = any(:fences) and lane = any(:lanes::text[]) and node = :node
            """)
        .param("fences", leased.stream().map(Leased::fence).toArray(Long[]::new))
        .param("lanes", leased.stream().map(Leased::lane).toArray(String[]::new))
        .param("node", node)
        .update();
  }

  private record Leased(long position, String lane, long fence) {}

  /** What a look at the first so many rows gave. */
  private static final class Page {
    final List<Leased> leased = new ArrayList<>();
    int rows;
    boolean suspects;
    long first = -1;
    long nextDueMillis = Long.MAX_VALUE;
  }
}
