package io.countersign.command.inbox;

import io.countersign.eventlog.database.OutageLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the inbox off. One thread claims, each claimed delivery is handled on a virtual thread of
 * its own, one thread writes outcomes in batches, one keeps leases alive. Several nodes may do this
 * on one database.
 */
final class InboxWorkers {

  private static final Logger LOG = LoggerFactory.getLogger(InboxWorkers.class);
  private static final int MAX_BATCH = 256;
  private static final int GATHERED = 16;
  private static final long GATHER_NANOS = 2_000_000;

  private final OutageLog noClaims = new OutageLog(LOG, "deliveries cannot be claimed");
  private final OutageLog noOutcomes = new OutageLog(LOG, "outcomes cannot be recorded");
  private final OutageLog noLeases =
      new OutageLog(LOG, "leases cannot be renewed, the backlog cannot be looked at");
  private final Claims claims;
  private final Leases leases;
  private final Attempt attempt;
  private final CompletionStore completions;
  private final InboxMetrics metrics;
  private final Backlog backlog;
  private final InboxSettings settings;
  private final Semaphore free;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore enough = new Semaphore(0); // ends the housekeeper's pause at a stop
  private final InFlight inFlight = new InFlight();
  private final BlockingQueue<Completion> done = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean claiming;

  /** Until then nothing is claimed: what is away or overloaded is not asked by every delivery. */
  private volatile long heldUntil = System.nanoTime();

  private volatile boolean completing;
  private volatile boolean interrupting;

  InboxWorkers(
      Claims claims,
      Leases leases,
      Attempt attempt,
      CompletionStore completions,
      InboxMetrics metrics,
      Backlog backlog,
      InboxSettings settings) {
    this.claims = claims;
    this.leases = leases;
    this.attempt = attempt;
    this.completions = completions;
    this.metrics = metrics;
    this.backlog = backlog;
    this.settings = settings;
    this.free = new Semaphore(settings.workers());
  }

  /** Starts claiming. */
  public synchronized void start() {
    if (!threads.isEmpty()) {
      return;
    }
    claiming = true;
    completing = true;
    interrupting = false;
    enough.drainPermits();
    threads.add(Thread.ofPlatform().name("inbox-dispatcher").daemon().start(this::dispatch));
    threads.add(Thread.ofPlatform().name("inbox-completer").daemon().start(this::complete));
    threads.add(Thread.ofPlatform().name("inbox-housekeeper").daemon().start(this::keepHouse));
  }

  /**
   * Stops claiming, waits for what is in flight until the deadline, interrupts the rest. What has
   * ended gives its lane up at once; a handler that does not react to the interrupt keeps its lane
   * until the lease expires, so that no other node runs beside it.
   */
  public synchronized void stop() {
    if (threads.isEmpty()) {
      return;
    }
    claiming = false;
    wake();
    long deadline = System.nanoTime() + settings.stopDeadline().toNanos();
    try {
      threads.getFirst().join(settings.stopDeadline());
      inFlight.awaitNothing(() -> System.nanoTime() < deadline);
      interrupting = true;
      inFlight.interruptAll();
      long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      inFlight.awaitNothing(() -> System.nanoTime() < last);
      completing = false;
      enough.release();
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      completing = false;
      Thread.currentThread().interrupt();
    }
    threads.forEach(Thread::interrupt);
    threads.clear();
  }

  /** Something may have become due. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** An operator put a delivery back, perhaps behind where scans start. */
  void wakeForAll() {
    claims.scanAll();
    wake();
  }

  private void dispatch() {
    long idle = settings.minPoll().toMillis();
    while (claiming) {
      long pause = idle;
      try {
        long held = TimeUnit.NANOSECONDS.toMillis(heldUntil - System.nanoTime());
        int wanted = held > 0 || backlog.isHalted() ? 0 : free.availablePermits();
        Claims.Taken taken = wanted == 0 ? Claims.Taken.NOTHING : claims.take(wanted);
        if (wanted > 0) {
          noClaims.works();
        }
        taken.claims().forEach(this::begin);
        if (taken.suspects()) {
          handleSuspect();
          continue;
        }
        if (!taken.claims().isEmpty()) {
          idle = settings.minPoll().toMillis();
          gather(taken.claims().size());
          continue;
        }
        pause = held > 0 ? held : Math.clamp(taken.nextDueMillis(), 1, idle);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        noClaims.failed(e.getClass().getName());
      }
      try {
        boolean woken = wake.tryAcquire(pause, TimeUnit.MILLISECONDS);
        idle =
            woken
                ? settings.minPoll().toMillis()
                : Math.min(idle * 2, settings.maxPoll().toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * One that was there each time a node died is handled while nothing else is: if this node dies
   * too, it was that one. The others wait so long.
   */
  private void handleSuspect() throws InterruptedException {
    inFlight.awaitNothing(() -> claiming);
    if (claiming) {
      claims.takeSuspect().claims().forEach(this::begin);
      inFlight.awaitNothing(() -> claiming);
    }
  }

  /**
   * A look costs the same for one delivery as for fifty: while enough are being handled, the next
   * look waits a moment for more to come and more to end.
   */
  private void gather(int taken) {
    if (taken < GATHERED && inFlight.size() > GATHERED) {
      LockSupport.parkNanos(GATHER_NANOS);
    }
  }

  private void begin(Claim claim) {
    free.acquireUninterruptibly();
    Thread thread =
        Thread.ofVirtual().name("inbox-worker-" + claim.position()).unstarted(() -> work(claim));
    inFlight.add(claim, thread);
    thread.start();
  }

  private void work(Claim claim) {
    Completion completion = attempt.run(claim);
    // an interrupted virtual thread would close the socket it talks to the database through
    Thread.interrupted();
    if (completion.forOutage()) {
      heldUntil = System.nanoTime() + settings.minPoll().toNanos();
    }
    if (interrupting && completion.retryIn() != null) {
      abandon(claim);
    } else {
      done.add(completion);
    }
  }

  /** Stopped half-way by us: no attempt of the delivery's own. */
  private void abandon(Claim claim) {
    try {
      leases.release(List.of(claim));
    } catch (RuntimeException | Error e) {
      LOG.warn("could not release a lane: {}", e.getClass().getName());
    }
    inFlight.remove(claim);
    free.release();
  }

  private void complete() {
    List<Completion> batch = new ArrayList<>();
    while (completing || !done.isEmpty()) {
      try {
        Completion first = done.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          done.drainTo(batch, MAX_BATCH - 1);
          write(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Tries until it is written: work that was done must not be forgotten for a lost connection. */
  private void write(List<Completion> batch) throws InterruptedException {
    while (true) {
      @Nullable Set<Long> ours = null;
      try {
        ours = completions.write(batch);
        noOutcomes.works();
      } catch (RuntimeException | Error e) {
        noOutcomes.failed(e.getClass().getName());
      }
      if (ours != null || !completing) {
        for (Completion one : batch) {
          if (ours != null && ours.contains(one.claim().fence())) {
            metrics.outcome(one.status());
            if (one.retryIn() == null) {
              backlog.add(-1);
            }
          }
          inFlight.remove(one.claim());
          free.release();
        }
        wake();
        return;
      }
      TimeUnit.MILLISECONDS.sleep(settings.minPoll().toMillis());
    }
  }

  private void keepHouse() {
    long tick = Math.max(20, Math.min(1000, settings.lease().toMillis() / 4));
    for (long round = 0; completing; round++) {
      try {
        inFlight.interruptOlderThan(settings.attemptTimeout());
        leases.renew(inFlight.claims());
        boolean quiet = backlog.quiet() && inFlight.isEmpty();
        if (!quiet || round % 5 == 0) {
          backlog.sample();
        }
        if (round % 4 == 0) {
          if (leases.reclaim() > 0) {
            wake();
          }
          noLeases.works();
        }
      } catch (RuntimeException | Error e) {
        noLeases.failed(e.getClass().getName());
      }
      try {
        if (enough.tryAcquire(tick, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
