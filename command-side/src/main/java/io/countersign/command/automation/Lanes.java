package io.countersign.command.automation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Which intents the scheduler knows: every waiting one of no lane, and of each lane the first,
 * unless that one failed. All of it inside the transaction of its thread.
 */
final class Lanes {

  private final JdbcClient jdbc;
  private final SchedulerClient scheduler;

  Lanes(DataSource dataSource, JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.scheduler =
        SchedulerClient.Builder.create(
                new TransactionAwareDataSourceProxy(dataSource), Executions.known())
            .tableName(Executions.TABLE)
            .build();
  }

  /** An intent and its lane, if it has one. */
  record Place(UUID id, @Nullable String lane) {}

  static Place place(ResultSet row, int number) throws SQLException {
    return new Place(row.getObject("id", UUID.class), row.getString("lane"));
  }

  /**
   * A waiting intent has its turn at that time, or when those before it in its lane are over.
   *
   * @return whether the scheduler did not know
   */
  boolean schedule(Place intent, Instant at) {
    String lane = intent.lane();
    return lane == null
        ? scheduler.scheduleIfNotExists(Executions.of(intent.id()), at)
        : scheduleFirstOf(lane);
  }

  /** An intent is over. */
  void passOn(Place intent) {
    if (intent.lane() != null) {
      scheduleFirstOf(intent.lane());
    }
  }

  /** An intent is not to be run any more. One that runs now passes on by itself. */
  void takeOut(Place intent) {
    jdbc.sql(
            """
            delete from automation.execution
            where task_name = :task and task_instance = :id and not picked
            """)
        .param("task", Executions.INTENT)
        .param("id", intent.id().toString())
        .update();
    if (!runs(intent)) {
      passOn(intent);
    }
  }

  /**
   * An intent that waits is run at that time instead, once it has its turn.
   *
   * @return whether it waits
   */
  boolean hurry(UUID id, Instant at) {
    boolean waits =
        jdbc.sql(
                    """
                    update automation.intent set next_at = :at where id = :id and status = 'waiting'
                    """)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update()
            == 1;
    jdbc.sql(
            """
            update automation.execution set execution_time = :at, version = version + 1
            where task_name = :task and task_instance = :id and not picked
            """)
        .param("task", Executions.INTENT)
        .param("id", id.toString())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
    return waits;
  }

  private boolean runs(Place intent) {
    return jdbc.sql(
            """
            select exists (
              select from automation.execution where task_name = :task and task_instance = :id)
            """)
        .param("task", Executions.INTENT)
        .param("id", intent.id().toString())
        .query(Boolean.class)
        .single();
  }

  /** Intents that wait since before a moment and nobody will run. */
  List<Place> lost(Instant since) {
    return jdbc.sql(
            """
            select i.id, i.lane from automation.intent i
            where i.status = 'waiting' and i.next_at < :since
              and not exists (
                select from automation.execution e
                where e.task_name = :task and e.task_instance = i.id::text)
            order by i.next_at limit 1000
            """)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("task", Executions.INTENT)
        .query(Lanes::place)
        .list();
  }

  /** Until the transaction ends, nobody else changes what comes first in this lane. */
  void close(String lane) {
    // a key space of its own; whoever comes next sees what the one before committed
    jdbc.sql("select pg_advisory_xact_lock(21589, hashtext(:lane))")
        .param("lane", lane)
        .query((_, _) -> true)
        .list();
  }

  private boolean scheduleFirstOf(String lane) {
    close(lane);
    return jdbc.sql(
            """
            select id, status, next_at from automation.intent
            where lane = :lane and status in ('waiting', 'failed')
            order by entry_index, ordinal limit 1
            """)
        .param("lane", lane)
        .query((row, _) -> row.getString("status").equals("waiting") && scheduleFirst(row))
        .optional()
        .orElse(false);
  }

  private boolean scheduleFirst(ResultSet row) throws SQLException {
    return scheduler.scheduleIfNotExists(
        Executions.of(row.getObject("id", UUID.class)),
        row.getObject("next_at", OffsetDateTime.class).toInstant());
  }
}
