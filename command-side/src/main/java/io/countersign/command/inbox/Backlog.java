package io.countersign.command.inbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much waits, without asking the database for each delivery: a sample, plus what this node
 * added since.
 */
final class Backlog {

  private final JdbcClient jdbc;
  private final int maxCount;
  private final Duration maxAge;
  private final LongSupplier floor;
  private final AtomicLong added = new AtomicLong();
  private volatile long sampled;
  private volatile double oldestSeconds;

  /**
   * @param floor position below which nothing waits, as far as this node knows
   */
  Backlog(JdbcClient jdbc, InboxSettings settings, LongSupplier floor) {
    this.jdbc = jdbc;
    this.maxCount = settings.maxBacklog();
    this.maxAge = settings.maxAge();
    this.floor = floor;
  }

  /** A code when no more should be taken. */
  @Nullable String refusal() {
    if (count() >= maxCount) {
      return "backlog";
    }
    return oldestSeconds > maxAge.toSeconds() ? "backlog-age" : null;
  }

  void add(long deliveries) {
    added.addAndGet(deliveries);
  }

  /** Whether a sample now and then is enough. */
  boolean quiet() {
    return count() == 0;
  }

  /** Asks the database. Counts no further than the limit. */
  void sample() {
    long before = added.get();
    jdbc.sql(
            """
            select (select count(*) from (select 1 from inbox.pending where position >= :floor limit :limit) waiting),
              coalesce(extract(epoch from now() - (select received_at from inbox.pending where position >= :floor order by position limit 1)), 0)
            """)
        .param("limit", maxCount)
        .param("floor", floor.getAsLong())
        .query(
            (row, _) -> {
              sampled = row.getLong(1);
              oldestSeconds = Math.max(0, row.getDouble(2));
              return true;
            })
        .list();
    added.addAndGet(-before);
  }

  long count() {
    return sampled + added.get();
  }

  double oldestSeconds() {
    return oldestSeconds;
  }
}
