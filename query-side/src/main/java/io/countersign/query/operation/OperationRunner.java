package io.countersign.query.operation;

import io.countersign.eventlog.append.Outage;
import io.countersign.eventlog.database.OutageLog;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.ProjectionEvent.OperationFailed;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.operation.OperationTable.Claim;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.rebuild.OperationRefusedException;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayStoppedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what is asked for: on each node one operation at a time, and beside it one that is short, so
 * that nothing urgent waits behind a rebuild. Whoever is at one holds its lease; when a node dies,
 * another begins it anew. The result is in the log before the table says done, so it is never lost
 * and never there twice.
 */
final class OperationRunner implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
  private static final OperationKind[] SHORT =
      EnumSet.complementOf(EnumSet.of(OperationKind.VERIFY, OperationKind.REBUILD))
          .toArray(OperationKind[]::new);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OutageLog outage = new OutageLog(LOG, "operations on projections cannot be seen");
  private final OperationTable table;
  private final ProjectionEntries entries;
  private final ProjectionProcessors projections;
  private final OperationWork work;
  private final String node;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;
  private List<Thread> threads = List.of();

  OperationRunner(
      OperationTable table,
      ProjectionEntries entries,
      ProjectionProcessors projections,
      OperationWork work,
      String node) {
    this.table = table;
    this.entries = entries;
    this.projections = projections;
    this.work = work;
    this.node = node;
  }

  /** There is something to do. */
  void wake() {
    wake.release(2);
  }

  private void run(List<String> kinds) {
    long swept = System.nanoTime() - SWEEP.toNanos();
    try {
      while (running) {
        if (System.nanoTime() - swept > SWEEP.toNanos()) {
          swept = System.nanoTime();
          sweep();
        }
        if (!runNext(kinds)) {
          wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      table.sweep();
    } catch (RuntimeException e) {
      LOG.debug("what ended long ago stays a while longer", e);
    }
  }

  /** Whether there was one. */
  private boolean runNext(List<String> kinds) {
    try {
      Claim claim = table.claim(node, kinds).orElse(null);
      outage.works();
      if (claim == null) {
        return false;
      }
      return run(claim);
    } catch (RuntimeException e) {
      outage.failed(Outage.behind(e).map(Outage::code).orElse(e.getClass().getSimpleName()));
      return false;
    }
  }

  /** Whether it ended; else it was given back. */
  private boolean run(Claim claim) {
    Operation operation = claim.operation();
    try (var heartbeat = new Heartbeat(table, operation.id(), node, () -> running)) {
      entries.requested(operation);
      ProjectionEvent result =
          entries
              .recorded(operation.projection(), claim.resultEvent())
              .orElseGet(() -> perform(claim, heartbeat));
      if (result instanceof OperationFailed failed) {
        end(claim, OperationState.FAILED, null, failed.reason(), result);
      } else {
        end(claim, OperationState.DONE, outcome(result), null, result);
      }
      return true;
    } catch (Heartbeat.CanceledException _) {
      work.abandon(operation);
      end(claim, OperationState.CANCELED, null, null, null);
      return true;
    } catch (ReplayStoppedException _) {
      table.release(operation.id(), node);
      return false;
    }
  }

  private static String outcome(ProjectionEvent result) {
    if (result instanceof Verified verified) {
      return !verified.equal() ? "diverged" : verified.evicted() == null ? "equal" : "incomplete";
    }
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void end(
      Claim claim,
      OperationState state,
      @Nullable String outcome,
      @Nullable String error,
      @Nullable ProjectionEvent result) {
    String written = result == null ? null : JSON.writeValueAsString(result);
    table.end(claim.operation().id(), node, state, outcome, error, written);
  }

  private ProjectionEvent perform(Claim claim, Heartbeat heartbeat) {
    Operation operation = claim.operation();
    if (claim.canceled() && !work.isDone(claim)) {
      throw new Heartbeat.CanceledException();
    }
    if (projections.projection(operation.projection()).isEmpty()) {
      throw new ReplayStoppedException("this node knows no such projection");
    }
    ProjectionEvent result;
    try {
      result = work.perform(claim, heartbeat);
    } catch (ReplayStoppedException | Heartbeat.CanceledException e) {
      throw e;
    } catch (RuntimeException e) {
      if (Outage.behind(e).isPresent()) {
        throw e; // its lease runs out, and it is begun anew
      }
      work.abandon(operation);
      result = new OperationFailed(operation.projection(), operation.id(), reason(e));
    }
    entries.append(result, OperationWork.AUTOMATION, claim.resultEvent());
    heartbeat.beatOnce();
    return result;
  }

  /** Messages of others may hold values. */
  private static String reason(RuntimeException e) {
    return e instanceof ReplayFailedException || e instanceof OperationRefusedException
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName();
  }

  @Override
  public synchronized void start() {
    running = true;
    threads = List.of(thread(OperationKind.values()), thread(SHORT));
  }

  private Thread thread(OperationKind... kinds) {
    List<String> words = Stream.of(kinds).map(OperationKind::word).toList();
    return Thread.ofPlatform().name("projection-operations").daemon().start(() -> run(words));
  }

  @Override
  public synchronized void stop() {
    running = false;
    wake();
    try {
      for (Thread started : threads) {
        started.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads = List.of();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
