package io.countersign.command.privacy;

import io.countersign.command.privacy.Matters.Kind;
import io.countersign.command.privacy.Matters.Matter;
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
 * Looks after erasures that are not over: at once after an approval or the end of a hold on this
 * node, and again and again for what another node approved, a node that has to drop keys, and what
 * a crash interrupted.
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

  private final Matters matters;
  private final Erasing erasing;
  private final InstantSource clock;
  private final Duration interval;
  private final Semaphore wake = new Semaphore(0);
  private final Map<UUID, Pause> failing = new ConcurrentHashMap<>();
  private volatile boolean running;
  private @Nullable Thread thread;

  ErasureLoop(Matters matters, Erasing erasing, InstantSource clock, Duration interval) {
    this.matters = matters;
    this.erasing = erasing;
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
    for (Matter matter : matters.open(Kind.ERASURE, AT_ONCE)) {
      Pause pause = failing.get(matter.id());
      if (pause != null && clock.instant().isBefore(pause.until())) {
        continue;
      }
      try {
        look(matter);
        failing.remove(matter.id());
      } catch (Exception e) {
        failed(matter.id(), pause, e);
      }
    }
  }

  private void look(Matter matter) throws Exception {
    switch (erasing.goOn(matter.subject(), matter.id())) {
      case OVER -> matters.close(matter.id());
      case UNKNOWN -> {
        if (matter.openedAt().plus(NEVER_RECORDED).isBefore(clock.instant())) {
          matters.remove(matter.id());
        }
      }
      case WAITS -> LOG.debug("erasure {} waits", matter.id());
    }
  }

  /** Tried again after a pause that doubles: each try may read the whole log. */
  private void failed(UUID id, @Nullable Pause before, Exception e) {
    Duration length = before == null ? interval : before.length().multipliedBy(2);
    if (length.compareTo(LONGEST_PAUSE) > 0) {
      length = LONGEST_PAUSE;
    }
    failing.put(id, new Pause(length, clock.instant().plus(length)));
    if (e instanceof StillReadableException) {
      LOG.error("erasure {} is NOT certified: {}", id, e.getMessage());
    } else {
      LOG.warn("erasure {} will be tried again in {}: {}", id, length, e.getClass().getName());
    }
  }

  private void run() {
    while (running) {
      try {
        lookAtAll();
      } catch (RuntimeException e) {
        LOG.warn("erasures will be looked at again: {}", e.getClass().getName());
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

  private record Pause(Duration length, Instant until) {}
}
