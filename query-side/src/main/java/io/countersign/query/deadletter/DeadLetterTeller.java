package io.countersign.query.deadletter;

import io.countersign.eventlog.append.Outage;
import io.countersign.eventlog.database.OutageLog;
import io.countersign.eventlog.store.OwnEntries;
import io.countersign.kernel.Actor;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.query.projection.DeadLetterOutbox;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the log what happened to dead letters. Each has its id from the transaction in which it
 * happened: however many nodes tell it and whenever one of them dies, the log has it once. What was
 * told is kept for a while only: a request that comes again after that finds nothing to do any
 * more, or does what a new one would.
 */
final class DeadLetterTeller implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTeller.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String TYPE = "dead-letters";

  /** So long a request that comes again is answered as before. */
  private static final Duration KEPT = Duration.ofDays(7);

  /** Between two looks for what is older. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** So many at a time: a sweep never holds up anybody. */
  static final int MOST_SWEPT = 1_000;

  private final OutageLog outage = new OutageLog(LOG, "dead letters are not in the log yet");
  private final JdbcClient jdbc;
  private final OwnEntries entries;
  private CountDownLatch stopped = new CountDownLatch(0);
  private @Nullable Thread thread;

  DeadLetterTeller(DataSource dataSource, OwnEntries entries) {
    this.jdbc = JdbcClient.create(dataSource);
    this.entries = entries;
  }

  /** What is to be told. */
  private record Untold(UUID id, DeadLetterEvent event, Actor actor) {}

  /** Stream of a projection's dead letters. */
  static String stream(String projection) {
    return TYPE + ":" + projection;
  }

  /** Tells what the log has not been told. What fails is told later. */
  synchronized void tell() {
    try {
      for (Untold one : untold()) {
        entries.append(TYPE, stream(one.event().projection()), one.event(), one.actor(), one.id());
        jdbc.sql("update query.dead_letter_event set told = true where id = :id")
            .param("id", one.id())
            .update();
      }
      outage.works();
    } catch (RuntimeException e) {
      outage.failed(Outage.behind(e).map(Outage::code).orElse(e.getClass().getSimpleName()));
    }
  }

  /**
   * Forgets what was told long ago, a part of it at a time.
   *
   * @return how much it forgot
   */
  int sweep() {
    return jdbc.sql(
            """
            delete from query.dead_letter_event where id in (
              select id from query.dead_letter_event
              where told and recorded_at < now() - make_interval(secs => :kept)
              order by recorded_at limit :most for update skip locked)
            """)
        .param("kept", KEPT.toSeconds())
        .param("most", MOST_SWEPT)
        .update();
  }

  private void sweepNow() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.debug("what was told stays a while longer", e);
    }
  }

  private List<Untold> untold() {
    return jdbc.sql(
            """
            select id, kind, event, actor from query.dead_letter_event where not told
            order by recorded_at, id limit 500
            """)
        .query(
            (row, _) ->
                new Untold(
                    row.getObject("id", UUID.class),
                    DeadLetterOutbox.event(row.getString("kind"), row.getString("event")),
                    new Actor(row.getString("actor"))))
        .list();
  }

  private void run(CountDownLatch end) {
    long swept = System.nanoTime();
    try {
      do {
        tell();
        if (System.nanoTime() - swept > SWEEP.toNanos()) {
          swept = System.nanoTime();
          sweepNow();
        }
      } while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    CountDownLatch end = new CountDownLatch(1);
    stopped = end;
    thread = Thread.ofPlatform().name("dead-letters").daemon().start(() -> run(end));
  }

  @Override
  public void stop() {
    stopped.countDown();
    Thread started = thread;
    if (started != null) {
      try {
        started.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
