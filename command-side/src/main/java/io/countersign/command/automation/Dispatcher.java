package io.countersign.command.automation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives what is due to one of the nodes that dispatch. A node that shows no life for six heartbeats
 * loses what it runs to another.
 */
final class Dispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** As the inbox's workers: command handlers are there from before until after. */
  private static final int PHASE = DEFAULT_PHASE - 2304 - 256;

  private static final int MISSED_HEARTBEATS = 6;
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  /** When what became of an intent could not be stored, which is then run again. */
  private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);

  private static final Duration STOP = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final IntentStore store;
  private final IntentRunner runner;
  private final InstantSource clock;
  private final AutomationSettings settings;
  private volatile @Nullable Scheduler scheduler;

  /**
   * A dispatcher, not started.
   *
   * @param clock the same time on all nodes: the database's
   */
  Dispatcher(
      DataSource dataSource,
      IntentStore store,
      IntentRunner runner,
      InstantSource clock,
      AutomationSettings settings) {
    this.dataSource = dataSource;
    this.store = store;
    this.runner = runner;
    this.clock = clock;
    this.settings = settings;
  }

  /** Something is due now: do not wait for the next poll. */
  void wake() {
    Scheduler running = scheduler;
    if (running != null) {
      running.triggerCheckForDueExecutions();
    }
  }

  private Scheduler build() {
    Task<Void> intents =
        Tasks.custom(Executions.INTENT, Void.class)
            .onFailure(
                (complete, operations) ->
                    operations.reschedule(complete, clock.instant().plus(DATABASE_PAUSE)))
            .execute((instance, _) -> runner.run(UUID.fromString(instance.getId())));
    RecurringTask<Void> housekeeping =
        Tasks.recurring("housekeeping", FixedDelay.of(HOUSEKEEPING)).execute((_, _) -> keepHouse());
    return Scheduler.create(dataSource, List.of(intents))
        .startTasks(List.of(housekeeping))
        .clock(clock::instant)
        .tableName(Executions.TABLE)
        .schedulerName(new SchedulerName.Fixed(settings.node()))
        .threads(settings.threads())
        .pollUsingLockAndFetch(0.5, 1.0)
        .pollingInterval(settings.poll())
        .heartbeatInterval(settings.heartbeat())
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(STOP)
        .failureLogging(LogLevel.WARN, false)
        .build();
  }

  private void keepHouse() {
    int lost = store.findLost();
    if (lost > 0) {
      LOG.warn("{} intents waited and nobody would have run them: they run now", lost);
      wake();
    }
    store.forget(clock.instant().minus(Duration.ofDays(settings.keepDays())));
  }

  @Override
  public synchronized void start() {
    Scheduler starting = build();
    starting.start();
    scheduler = starting;
  }

  @Override
  public synchronized void stop() {
    Scheduler stopping = scheduler;
    scheduler = null;
    if (stopping != null) {
      stopping.stop();
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
