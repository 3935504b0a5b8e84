package io.countersign.command.automation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of intents. Joins the transaction of its thread; without one, each method has its own.
 */
final class IntentStore {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Lanes lanes;
  private final InstantSource clock;
  private final int maxAttempts;

  IntentStore(DataSource dataSource, InstantSource clock, int maxAttempts) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.lanes = new Lanes(dataSource, jdbc);
    this.clock = clock;
    this.maxAttempts = maxAttempts;
  }

  /** A new intent of an automation. */
  record NewIntent(
      UUID id, String automation, int ordinal, Occurrence cause, Reaction.Intend intend) {}

  /**
   * Keeps an intent. One that is there already, whatever became of it, stays as it is.
   *
   * @return whether it is new
   */
  boolean add(NewIntent intent, String payload) {
    Reaction.Intend intend = intent.intend();
    return inTransaction(
        () -> {
          boolean added =
              jdbc.sql(
                          """
                          insert into automation.intent (id, automation, kind, lane, topic, payload, entry_index, ordinal,
                            correlation_id, causation_id, created_at, due_at, next_at)
                          values (:id, :automation, :kind, :lane, :topic, :payload, :index, :ordinal,
                            :correlation, :causation, :now, :due, :due)
                          on conflict (id) do nothing
                          """)
                      .param("id", intent.id())
                      .param("automation", intent.automation())
                      .param("kind", intend.kind())
                      .param("lane", intend.lane())
                      .param("topic", intend.topic())
                      .param("payload", payload)
                      .param("index", intent.cause().index())
                      .param("ordinal", intent.ordinal())
                      .param("correlation", intent.cause().correlationId())
                      .param("causation", intent.cause().id())
                      .param("now", sql(clock.instant()))
                      .param("due", sql(intend.due()))
                      .update()
                  == 1;
          if (added) {
            lanes.schedule(new Lanes.Place(intent.id(), intend.lane()), intend.due());
          }
          return added;
        });
  }

  /**
   * Takes the lanes of a transaction at once and in one order, so that two of them never wait for
   * each other.
   */
  void closeLanes(Collection<@Nullable String> wanted) {
    wanted.stream().filter(Objects::nonNull).distinct().sorted().forEach(lanes::close);
  }

  /** Cancels what an automation intends about a topic and nobody has begun. */
  void cancel(String automation, String topic) {
    inTransaction(
        () -> {
          jdbc.sql(
                  """
                  update automation.intent set status = 'canceled', ended_at = :now
                  where automation = :automation and topic = :topic and status = 'waiting'
                  returning id, lane
                  """)
              .param("automation", automation)
              .param("topic", topic)
              .param("now", sql(clock.instant()))
              .query(Lanes::place)
              .list()
              .forEach(lanes::takeOut);
          return true;
        });
  }

  /**
   * Begins an attempt, which counts from now on, whatever happens to this node.
   *
   * @return the intent; empty when it does not wait any more
   */
  Optional<Intent> begin(UUID id) {
    return jdbc.sql(
            """
            update automation.intent set attempts = attempts + 1
            where id = :id and status = 'waiting' returning *
            """)
        .param("id", id)
        .query((row, _) -> IntentQueries.intent(row, maxAttempts))
        .optional();
  }

  /** It is done: the next of its lane has its turn. */
  void done(UUID id) {
    over(id, "done", null);
  }

  /** It has failed for good, until somebody retries it. Its lane stays closed behind it. */
  void failed(UUID id, String code) {
    over(id, "failed", code);
  }

  private void over(UUID id, String status, @Nullable String code) {
    inTransaction(
        () -> {
          jdbc.sql(
                  """
                  update automation.intent set status = :status, code = :code, ended_at = :now
                  where id = :id and status = 'waiting'
                  """)
              .param("id", id)
              .param("status", status)
              .param("code", code)
              .param("now", sql(clock.instant()))
              .update();
          passOn(id);
          return true;
        });
  }

  /** It is over, however: the next of its lane has its turn. */
  void passOn(UUID id) {
    inTransaction(
        () -> {
          jdbc.sql("select id, lane from automation.intent where id = :id")
              .param("id", id)
              .query(Lanes::place)
              .optional()
              .ifPresent(lanes::passOn);
          return true;
        });
  }

  /**
   * It will be tried again.
   *
   * @param counts whether what was tried was an attempt
   */
  void again(UUID id, String code, Instant next, boolean counts) {
    jdbc.sql(
            """
            update automation.intent set code = :code, next_at = :next, attempts = attempts - :back
            where id = :id
            """)
        .param("id", id)
        .param("code", code)
        .param("next", sql(next))
        .param("back", counts ? 0 : 1)
        .update();
  }

  /** Tries an intent that waits now, unless it waits for its turn or runs. */
  boolean hurry(UUID id, String principal, String reason) {
    return inTransaction(
        () -> {
          boolean waits = lanes.hurry(id, clock.instant());
          if (waits) {
            record(id, "retry", principal, reason);
          }
          return waits;
        });
  }

  /**
   * Tries a failed intent again, with all its attempts.
   *
   * @return whether it had failed
   */
  boolean retry(UUID id, String principal, String reason) {
    return inTransaction(
        () -> {
          Optional<Lanes.Place> back =
              jdbc.sql(
                      """
                      update automation.intent set status = 'waiting', attempts = 0, ended_at = null, next_at = :now
                      where id = :id and status = 'failed' returning id, lane
                      """)
                  .param("id", id)
                  .param("now", sql(clock.instant()))
                  .query(Lanes::place)
                  .optional();
          back.ifPresent(_ -> record(id, "retry", principal, reason));
          back.ifPresent(intent -> lanes.schedule(intent, clock.instant()));
          return back.isPresent();
        });
  }

  /**
   * Gives up an intent that waits or has failed, and opens its lane.
   *
   * @return whether there was one
   */
  boolean drop(UUID id, String principal, String reason) {
    return inTransaction(
        () -> {
          Optional<Lanes.Place> dropped =
              jdbc.sql(
                      """
                      update automation.intent set status = 'canceled', ended_at = :now
                      where id = :id and status in ('waiting', 'failed') returning id, lane
                      """)
                  .param("id", id)
                  .param("now", sql(clock.instant()))
                  .query(Lanes::place)
                  .optional();
          dropped.ifPresent(_ -> record(id, "drop", principal, reason));
          dropped.ifPresent(lanes::takeOut);
          return dropped.isPresent();
        });
  }

  /**
   * Hands the scheduler what it should know and does not: the last line of defense against an
   * intent that waits for ever.
   *
   * @return how many
   */
  int findLost() {
    Instant now = clock.instant();
    return (int)
        lanes.lost(now.minusSeconds(60)).stream()
            .filter(place -> inTransaction(() -> lanes.schedule(place, now)))
            .count();
  }

  /** Forgets what was over before. */
  int forget(Instant before) {
    return jdbc.sql(
            """
            delete from automation.intent where status in ('done', 'canceled') and ended_at < :before
            """)
        .param("before", sql(before))
        .update();
  }

  private void record(UUID id, String kind, String principal, String reason) {
    jdbc.sql(
            """
            insert into automation.operation (intent, kind, principal, at, reason)
            values (:id, :kind, :principal, :now, :reason)
            """)
        .param("id", id)
        .param("kind", kind)
        .param("principal", principal)
        .param("now", sql(clock.instant()))
        .param("reason", reason)
        .update();
  }

  private <T> T inTransaction(Supplier<T> work) {
    T result = transactions.execute(_ -> work.get());
    if (result == null) {
      throw new IllegalStateException("a transaction without a result");
    }
    return result;
  }

  private static OffsetDateTime sql(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
