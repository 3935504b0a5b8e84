package io.countersign.command.inbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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
  private final AtomicLong added = new AtomicLong();
  private volatile long sampled;
  private volatile double oldestSeconds;

  Backlog(JdbcClient jdbc, InboxSettings settings) {
    this.jdbc = jdbc;
    this.maxCount = settings.maxBacklog();
    this.maxAge = settings.maxAge();
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
            select (select count(*) from (select 1 from inbox.pending limit :limit) waiting),
              coalesce(extract(epoch from now() - (select received_at from inbox.pending order by position limit 1)), 0)
            """)
        .param("limit", maxCount)
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
