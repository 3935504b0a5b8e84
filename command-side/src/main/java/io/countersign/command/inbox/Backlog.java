package io.countersign.command.inbox;

import io.countersign.command.inbox.Admission.Sample;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much waits, without asking the database for each delivery: a sample, plus what this node took
 * and handled since. What waits for its next attempt, and what waits behind it in its lane, is not
 * counted: no worker is missing for it. Ages count from when a delivery was due, by the database's
 * clock.
 */
final class Backlog {

  private static final String SAMPLE =
      """
      with waiting as materialized (
        select lane, next_attempt_at, next_attempt_at > now() as later
        from inbox.pending where position >= :floor order by position limit :limit
      ), due as (
        select count(*) as due, min(next_attempt_at) as since from waiting
        where lane not in (select lane from waiting where later)
      )
      select (select count(*) from waiting) as kept, d.due,
        coalesce(extract(epoch from now() - d.since), 0) as oldest,
        (select count(*) from inbox.delivery where position > :seen) as received,
        (select max(position) from inbox.delivery) as last
      from due d
      """;

  private final JdbcClient jdbc;
  private final int maxCount;
  private final Duration maxAge;
  private final LongSupplier floor;
  private final AtomicLong changed = new AtomicLong();
  private final Admission admission;
  private volatile BooleanSupplier halted = () -> false;
  private volatile long sampled;
  private volatile double oldestSeconds;
  private long seen = -1;
  private long kept;

  /**
   * @param floor position below which nothing waits, as far as this node knows
   */
  Backlog(JdbcClient jdbc, InboxSettings settings, LongSupplier floor) {
    this.jdbc = jdbc;
    this.maxCount = settings.maxBacklog();
    this.maxAge = settings.maxAge();
    this.floor = floor;
    this.admission = new Admission(settings.maxWait(), System::nanoTime, this::count);
  }

  /** Nothing is taken while this says so. */
  void refuseWhile(BooleanSupplier halted) {
    this.halted = halted;
  }

  /** Whether the log is halted: what is taken in or handled could not be recorded. */
  boolean isHalted() {
    return halted.getAsBoolean();
  }

  /** A code when no more should be taken. */
  @Nullable String refusal() {
    if (isHalted()) {
      return "log-halted";
    }
    if (count() >= maxCount) {
      return "backlog";
    }
    return oldestSeconds > maxAge.toSeconds() ? "backlog-age" : null;
  }

  /** Whether a delivery taken now would be handled soon enough. */
  Admission admission() {
    return admission;
  }

  /** So many more wait, or fewer. */
  void add(long deliveries) {
    changed.addAndGet(deliveries);
  }

  /** Whether a sample now and then is enough. */
  boolean quiet() {
    return count() == 0;
  }

  /** Asks the database. Counts no further than the limit. One thread calls this. */
  void sample() {
    long before = changed.get();
    jdbc.sql(SAMPLE)
        // also what waits for its next attempt: at that moment it may be due
        .param("limit", 2 * maxCount)
        .param("floor", floor.getAsLong())
        .param("seen", seen < 0 ? Long.MAX_VALUE : seen)
        .query(
            (row, _) -> {
              sampled = row.getLong("due");
              oldestSeconds = Math.max(0, row.getDouble("oldest"));
              learn(row.getLong("kept"), row.getLong("received"));
              seen = row.getLong("last");
              return true;
            })
        .list();
    changed.addAndGet(-before);
  }

  private void learn(long keptNow, long received) {
    long drained = seen < 0 ? 0 : kept + received - keptNow;
    kept = keptNow;
    admission.learn(new Sample(System.nanoTime(), sampled, oldestSeconds, drained));
  }

  long count() {
    return Math.max(0, sampled + changed.get());
  }

  double oldestSeconds() {
    return oldestSeconds;
  }
}
