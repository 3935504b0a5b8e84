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
 * happened: however many nodes tell it and whenever one of them dies, the log has it once.
 */
final class DeadLetterTeller implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTeller.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String TYPE = "dead-letters";

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
    try {
      do {
        tell();
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
