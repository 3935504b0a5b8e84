package io.countersign.command.privacy;

import io.countersign.command.privacy.Erasing.Outcome;
import io.countersign.command.privacy.Matters.Kind;
import io.countersign.command.privacy.Matters.Matter;
import io.countersign.eventlog.database.OutageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after erasures and purges that are not over: at once after an approval or the end of a hold
 * on this node, and again and again for what another node approved, a node that has to drop keys,
 * and what a crash interrupted.
 */
final class ErasureLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureLoop.class);

  /** As the inbox's workers: between Axon's start and the web server's. */
  private static final int PHASE = DEFAULT_PHASE - 2304 - 256;

  /** A matter without an event after this time: the node died before the command was handled. */
  private static final Duration NEVER_RECORDED = Duration.ofHours(1);

  private static final int AT_ONCE = 2_000;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final OutageLog outage = new OutageLog(LOG, "erasures cannot be looked at");
  private final Matters matters;
  private final Erasing erasing;
  private final Purging purging;
  private final InstantSource clock;
  private final Duration interval;
  private final Semaphore wake = new Semaphore(0);
  private final Map<UUID, Pause> failing = new ConcurrentHashMap<>();
  private volatile boolean running;
  private @Nullable Thread thread;

  ErasureLoop(
      Matters matters, Erasing erasing, Purging purging, InstantSource clock, Duration interval) {
    this.matters = matters;
    this.erasing = erasing;
    this.purging = purging;
    this.clock = clock;
    this.interval = interval;
  }

  /** Something was decided: do not wait for the interval. */
  void wake() {
    failing.clear();
    wake.release();
  }

  /** Carries on all that is open, once; one that fails does not hold up the others. */
  void lookAtAll() {
    lookAtAll(Kind.ERASURE, matter -> erasing.goOn(matter.subject(), matter.id()));
    lookAtAll(Kind.PURGE, matter -> purging.goOn(matter.id()));
  }

  private void lookAtAll(Kind kind, Automation automation) {
    for (Matter matter : matters.open(kind, AT_ONCE)) {
      Pause pause = failing.get(matter.id());
      if (pause != null && clock.instant().isBefore(pause.until())) {
        continue;
      }
      try {
        look(kind, matter, automation.goOn(matter));
        failing.remove(matter.id());
      } catch (Exception e) {
        failed(kind, matter.id(), pause, e);
      }
    }
  }

  private void look(Kind kind, Matter matter, Outcome outcome) {
    switch (outcome) {
      case OVER -> matters.close(matter.id());
      case UNKNOWN -> {
        if (matter.openedAt().plus(NEVER_RECORDED).isBefore(clock.instant())) {
          matters.remove(matter.id());
        }
      }
      case WAITS -> LOG.debug("{} {} waits", kind, matter.id());
    }
  }

  /** Tried again after a pause that doubles: each try may read the whole log. */
  private void failed(Kind kind, UUID id, @Nullable Pause before, Exception e) {
    Duration length = before == null ? interval : before.length().multipliedBy(2);
    if (length.compareTo(LONGEST_PAUSE) > 0) {
      length = LONGEST_PAUSE;
    }
    failing.put(id, new Pause(length, clock.instant().plus(length)));
    if (e instanceof StillReadableException) {
      LOG.error("erasure {} is NOT certified: {}", id, e.getMessage());
    } else {
      LOG.warn("{} {} will be tried again in {}: {}", kind, id, length, e.getClass().getName());
    }
  }

  private void run() {
    while (running) {
      try {
        lookAtAll();
        outage.works();
      } catch (RuntimeException e) {
        outage.failed(e.getClass().getSimpleName());
      }
      try {
        wake.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name("countersign-erasures").daemon(true).start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    wake.release();
    try {
      if (thread != null && !thread.join(STOP)) {
        LOG.warn("the erasures did not pause in {}", STOP);
      }
    } catch (InterruptedException e) {
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

  /** Does what can be done now. */
  @FunctionalInterface
  private interface Automation {
    Outcome goOn(Matter matter) throws Exception;
  }

  private record Pause(Duration length, Instant until) {}
}
