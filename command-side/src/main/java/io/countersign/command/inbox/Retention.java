package io.countersign.command.inbox;

import java.time.InstantSource;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the coming days' partitions and destroys what is past retention: the day's key first, then
 * its partition. The partition is the marker: while it is there, its day is not finished, so a
 * crash in between is made good by the next run. Nodes may run it at the same time.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int DAYS_AHEAD = 3;

  private final JdbcClient jdbc;
  private final Partitions partitions;
  private final DailyKeys keys;
  private final InstantSource clock;
  private final int days;

  Retention(JdbcClient jdbc, Partitions partitions, DailyKeys keys, InstantSource clock, int days) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    this.keys = keys;
    this.clock = clock;
    this.days = days;
  }

  /** Today's partition and the next ones, so that midnight waits for nothing. */
  void prepare() {
    LocalDate today = Arrival.day(clock.instant());
    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      partitions.ensure(today.plusDays(ahead));
    }
  }

  /** Destroys what is due. A day that cannot be finished now is tried again by the next run. */
  void destroyExpired() {
    LocalDate firstKept = Arrival.day(clock.instant()).minusDays(days);
    for (LocalDate day : partitions.days()) {
      if (day.isBefore(firstKept)) {
        try {
          evictWaiting(day);
          keys.destroy(day);
          partitions.drop(day);
          LOG.info("inbox content of {} is destroyed", day);
        } catch (RuntimeException e) {
          LOG.warn("retention of {} will be tried again: {}", day, e.getClass().getName());
        }
      }
    }
  }

  /** What is being handled just now is left to its worker, which will find the content gone. */
  private void evictWaiting(LocalDate day) {
    jdbc.sql(
            """
            with gone as (
              delete from inbox.pending p using inbox.delivery d
              where d.position = p.position and d.day = :day
                and not exists (select from inbox.lane_lease l where l.lane = p.lane and l.position = p.position)
              returning p.position, p.attempts
            )
            insert into inbox.outcome (position, at, attempt, status, code, detail)
            select position, :at, attempts, 'evicted', 'retention', 'its content is destroyed' from gone
            """)
        .param("day", day)
        .param("at", Times.sql(clock.instant()))
        .update();
  }
}
