package io.countersign.command.automation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How intents stand in the whole installation, asked for every few seconds. */
public final class IntentHealth implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IntentHealth.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private volatile Sample last = new Sample(0, 0, null);
  private @Nullable Thread thread;

  /** What is known. */
  record Sample(long waiting, long failed, @Nullable Instant oldestDue) {}

  IntentHealth(DataSource dataSource, InstantSource clock, MeterRegistry registry) {
    this.jdbc = JdbcClient.create(dataSource);
    this.clock = clock;
    registry.gauge("countersign.automation.waiting", this, health -> health.last.waiting());
    registry.gauge("countersign.automation.failed", this, health -> health.last.failed());
    registry.gauge("countersign.automation.oldest.due.seconds", this, IntentHealth::lateSeconds);
  }

  /** Asks the database. */
  Sample sample() {
    Instant now = clock.instant();
    last =
        jdbc.sql(
                """
                select count(*) filter (where status = 'waiting') as waiting,
                  count(*) filter (where status = 'failed') as failed,
                  min(due_at) filter (where status = 'waiting') as oldest
                from automation.intent where status in ('waiting', 'failed')
                """)
            .query(
                (row, _) -> {
                  OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
                  Instant due = oldest == null ? null : oldest.toInstant();
                  return new Sample(
                      row.getLong("waiting"),
                      row.getLong("failed"),
                      due == null || due.isAfter(now) ? null : due);
                })
            .single();
    return last;
  }

  /** For how long the oldest intent that is due has waited; 0 when none is due. */
  double lateSeconds() {
    Instant due = last.oldestDue();
    return due == null ? 0 : Duration.between(due, clock.instant()).toMillis() / 1_000.0;
  }

  /** What people should know, one sentence each; mostly empty. Does not block. */
  public List<String> warnings() {
    long failed = last.failed();
    return failed == 0
        ? List.of()
        : List.of(
            "%d intent(s) of automations failed and wait for a decision: countersign intents list --status failed"
                .formatted(failed));
  }

  synchronized IntentHealth start() {
    thread = Thread.ofVirtual().name("intent-health").start(this::watch);
    return this;
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        sample();
      } catch (DataAccessException e) {
        LOG.debug("the database did not say how intents stand: {}", e.getClass().getName());
      }
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
