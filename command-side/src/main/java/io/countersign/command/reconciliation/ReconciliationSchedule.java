package io.countersign.command.reconciliation;

import io.countersign.command.reconciliation.Reconciler.Run;
import io.countersign.kernel.Actor;
import io.countersign.kernel.reconciliation.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares each project when it is time. Every node looks; the one that gets a project's lease
 * compares it.
 */
final class ReconciliationSchedule implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSchedule.class);

  /** As the inbox's workers: command handlers are there from before until after. */
  private static final int PHASE = DEFAULT_PHASE - 2304 - 256;

  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Sources sources;
  private final Reconciler reconciler;
  private final HookWatch hooks;
  private final Undelivered undelivered;
  private final FinishedBuilds builds;
  private final Duration every;
  private final Set<Thread> demands = ConcurrentHashMap.newKeySet();
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * A schedule, not started.
   *
   * @param every how often each project is compared; zero: never by itself
   */
  ReconciliationSchedule(
      Sources sources,
      Reconciler reconciler,
      HookWatch hooks,
      Undelivered undelivered,
      FinishedBuilds builds,
      Duration every) {
    this.sources = sources;
    this.reconciler = reconciler;
    this.hooks = hooks;
    this.undelivered = undelivered;
    this.builds = builds;
    this.every = every;
  }

  /** Compares what is due. */
  void round() throws InterruptedException {
    for (Source source : sources.all()) {
      Run run = reconciler.begin(source, Asked.SCHEDULE, Actor.RECONCILIATION).orElse(null);
      if (run != null) {
        run.compare();
        look(source);
      }
    }
  }

  /**
   * Compares one project because somebody asks, in the background.
   *
   * @return the run's id; empty when another run has the project
   */
  Optional<UUID> demand(Source source, Asked asked, Actor actor) {
    return reconciler
        .begin(source, asked, actor)
        .map(
            run -> {
              Thread started =
                  Thread.ofVirtual()
                      .name("reconciliation-demand")
                      .unstarted(() -> demanded(run, source));
              demands.add(started);
              started.start();
              return run.id();
            });
  }

  private void demanded(Run run, Source source) {
    try {
      run.compare();
      look(source);
    } catch (InterruptedException _) {
      // the node stops: the run has given its project back
    } finally {
      demands.remove(Thread.currentThread());
    }
  }

  private void look(Source source) {
    afterwards("how webhooks stand", source, () -> hooks.look(source));
    afterwards("what could not be delivered", source, () -> undelivered.fetch(source));
    afterwards("which builds finished", source, () -> builds.compare(source));
  }

  /** Something that a run leaves to be done, and that fails by itself. */
  private interface Look {
    void look() throws Exception;
  }

  private static void afterwards(String what, Source source, Look look) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      look.look();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (NotComparedException e) {
      LOG.warn("{} in {} was not compared: {}", what, source.project(), e.reason());
    } catch (Exception e) {
      LOG.warn("{} in {} was not compared: {}", what, source.project(), e.getClass().getName());
    }
  }

  private void run() {
    Duration pause = every.compareTo(LONGEST_LOOK) < 0 ? every : LONGEST_LOOK;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(pause);
        try {
          round();
        } catch (RuntimeException e) {
          LOG.warn("projects will be compared later: {}", e.getClass().getName());
        }
      }
    } catch (InterruptedException _) {
      // the end
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    if (thread == null && every.isPositive() && !sources.isEmpty()) {
      thread = Thread.ofVirtual().name("reconciliation").start(this::run);
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    List<Thread> all = new ArrayList<>(demands);
    if (thread != null) {
      all.add(thread);
      thread = null;
    }
    all.forEach(Thread::interrupt);
    try {
      for (Thread one : all) {
        one.join(LONGEST_STOP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
