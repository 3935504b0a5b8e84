package io.countersign.sandbox.traffic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Traffic that is being sent in the background. Each acknowledgement is in the ledger file before
 * its sender goes on.
 */
public final class TrafficRun implements AutoCloseable {

  private final Ledger ledger;
  private final Schedule schedule;
  private final Tally tally = new Tally();
  private final ExecutorService writer;
  private final List<Sender> senders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final AcknowledgedSample sample = new AcknowledgedSample();

  private TrafficRun(TrafficPlan plan, Target target, Path path) {
    Instant startedAt = Instant.now();
    ledger = new Ledger(path, plan, UUID.randomUUID(), startedAt);
    writer =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("traffic-script").factory());
    List<Slot> slots = Slot.all(plan, writer, Runtime.getRuntime().maxMemory());
    slots.forEach(Slot::ready);
    schedule = new Schedule(plan, slots);
    var clock = new RunClock(startedAt, schedule.startNanos());
    for (int number = 0; number < plan.senders(); number++) {
      var sender = new Sender(plan, target, schedule, ledger, tally, clock, sample);
      senders.add(sender);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("traffic-sender-" + number)
              .unstarted(() -> send(sender)));
    }
    threads.forEach(Thread::start);
  }

  /**
   * Begins to send.
   *
   * @param servers taken in turn, for example {@code http://127.0.0.1:8080}
   * @param webhookSecret password of the basic-auth user {@code azure-devops}
   * @param ledger file to append to; created when it is not there
   */
  public static TrafficRun start(
      TrafficPlan plan, List<URI> servers, String webhookSecret, Path ledger) {
    return start(plan, new Target(servers, webhookSecret, null), ledger);
  }

  /**
   * Begins to send.
   *
   * @param ledger file to append to; created when it is not there
   */
  public static TrafficRun start(TrafficPlan plan, Target target, Path ledger) {
    return new TrafficRun(plan, target, ledger);
  }

  private void send(Sender sender) {
    try (sender) {
      sender.run();
    } catch (InterruptedException e) {
      // closed
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      schedule.end();
    }
  }

  /** Notifications acknowledged so far. */
  public long acknowledged() {
    return tally.acknowledged.sum();
  }

  /** What was reached so far. */
  public TrafficSummary soFar() {
    return tally.summary(schedule.startNanos());
  }

  /** Notifications that wait for their next attempt. */
  public int waitingForRetry() {
    return schedule.waiting();
  }

  /** Whether everything of the plan has its outcome. */
  public boolean isOver() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /** Where acknowledged updates can be had one at a time. */
  AcknowledgedSample sample() {
    return sample;
  }

  /** Sends no new notifications, ends the retries of open ones, and waits for that. */
  public TrafficSummary stop() throws InterruptedException {
    schedule.end();
    return await();
  }

  /**
   * Waits for the end of the plan.
   *
   * @throws IllegalStateException when a sender failed, for example because the ledger cannot be
   *     written
   */
  public TrafficSummary await() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the traffic ended early", failed);
    }
    return soFar();
  }

  /** Stops at once; what is under way stays without an outcome in the ledger. */
  @Override
  public void close() {
    schedule.end();
    threads.forEach(Thread::interrupt);
    senders.forEach(Sender::abandon);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    writer.shutdownNow();
    ledger.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
