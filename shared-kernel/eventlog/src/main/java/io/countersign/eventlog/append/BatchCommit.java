package io.countersign.eventlog.append;

import io.countersign.eventlog.database.OutageLog;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one batch to its end, whatever happens on the way.
 *
 * <p>A lost connection leaves the outcome unknown. It is settled by sending the same batch again:
 * the append function waits for the lock, which the lost statement holds until it is committed or
 * gone, and then recognizes the event ids or appends. Nothing is guessed, and nothing is taken
 * apart. Only when the server refuses a row is the batch halved until that one request stands
 * alone.
 *
 * <p>After any failure nothing is linked here until the log has said again where its head is.
 */
final class BatchCommit {

  private static final Logger LOG = LoggerFactory.getLogger(BatchCommit.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Set<String> BUSY = Set.of("55P03", "40001", "40P01");
  private static final int BUSY_TRIES = 2;
  private static final String NOT_UNIQUE = "23505";

  private final AppendConnection connection;
  private final InstantSource clock;
  private final AppendMetrics metrics;
  private final Duration settleFor;
  private final StoredListener listener;
  private final Linker linker = new Linker();
  private final OutageLog outage = new OutageLog(LOG, "an append is tried again");

  BatchCommit(
      AppendConnection connection,
      InstantSource clock,
      AppendMetrics metrics,
      Duration settleFor,
      StoredListener listener) {
    this.connection = connection;
    this.clock = clock;
    this.metrics = metrics;
    this.settleFor = settleFor;
    this.listener = listener;
  }

  /** Completes every request of the batch, one way or the other. Throws nothing. */
  void commit(List<AppendRequest> batch) {
    try {
      commit(batch, false);
    } catch (Throwable failure) {
      // not reached by anything known; a committer that died would stop the node silently
      linker.forget();
      connection.drop();
      batch.forEach(
          request -> request.fail(new OutcomeUnknownException("the committer failed", failure)));
    }
  }

  private void commit(List<AppendRequest> batch, boolean unknownBefore) {
    boolean unknown = unknownBefore;
    long giveUp = System.nanoTime() + settleFor.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      Throwable cause;
      boolean open = false;
      boolean sent = false;
      Linker.Links links = null;
      try {
        connection.open();
        open = true;
        long now = nowMicros();
        links = linker.link(batch, now);
        if (!bound(batch, now, links, unknown)) {
          return;
        }
        sent = true;
        AppendConnection.Outcome outcome = send(batch);
        outage.works();
        if (unknown) {
          metrics.settled();
        }
        if (links != null && outcome.held() && outcome.whole()) {
          metrics.linked();
        }
        linker.learn(batch, outcome.held(), outcome.verdicts(), outcome.head());
        complete(batch, outcome);
        return;
      } catch (SQLException e) {
        cause = e;
        linker.forget();
        if (links != null && NOT_UNIQUE.equals(e.getSQLState())) {
          continue; // an event id is stored, or an aggregate is not new: the function says which
        }
        SqlFailure kind = SqlFailure.of(e);
        if (kind == SqlFailure.REFUSED && open) {
          isolate(batch, "PostgreSQL refuses an event, SQLSTATE " + e.getSQLState(), unknown);
          return;
        }
        if (kind == SqlFailure.HALTED && !unknown) {
          metrics.unavailable();
          batch.forEach(request -> request.fail(new LogHaltedException()));
          return; // the connection is sound, and so is every event
        }
        connection.drop();
        if (kind == SqlFailure.LOST && sent) {
          metrics.unknown();
          unknown = true;
        } else if (!unknown && !(BUSY.contains(e.getSQLState()) && tries < BUSY_TRIES)) {
          unavailable(batch, e);
          return;
        }
      } catch (RuntimeException | Error e) {
        cause = e;
        linker.forget();
        connection.drop();
        unknown |= sent;
        if (!unknown) {
          unavailable(batch, e);
          return;
        }
      }
      if (System.nanoTime() - giveUp > 0) {
        unsettled(batch, cause);
        return;
      }
      outage.failed("%s, outcome unknown: %s".formatted(cause.getClass().getName(), unknown));
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  /** False when the driver could not take the batch; then it has been isolated. */
  private boolean bound(
      List<AppendRequest> batch, long now, Linker.@Nullable Links links, boolean unknown)
      throws SQLException {
    try {
      connection.bind(batch, now, linker.head(), links);
      return true;
    } catch (RuntimeException e) {
      isolate(batch, "an event cannot be sent to PostgreSQL", unknown);
      return false;
    }
  }

  private AppendConnection.Outcome send(List<AppendRequest> batch) throws SQLException {
    long start = System.nanoTime();
    AppendConnection.Outcome outcome = connection.send(batch);
    metrics.batchSeconds().record(Duration.ofNanos(System.nanoTime() - start));
    metrics.batch(batch.stream().mapToInt(request -> request.entries().size()).sum());
    return outcome;
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private void complete(List<AppendRequest> batch, AppendConnection.Outcome outcome) {
    tell(batch, outcome.verdicts());
    for (int i = 0; i < batch.size(); i++) {
      Verdict verdict = outcome.verdicts().get(i);
      metrics.verdict(verdict);
      verdict.completes(batch.get(i));
    }
  }

  /** What is appended has indexes that follow each other. */
  private void tell(List<AppendRequest> batch, List<Verdict> verdicts) {
    List<NewEntry> stored = new ArrayList<>();
    long first = -1;
    for (int i = 0; i < batch.size(); i++) {
      if (verdicts.get(i) instanceof Verdict.Appended(long firstIndex)) {
        first = stored.isEmpty() ? firstIndex : first;
        stored.addAll(batch.get(i).entries());
      }
    }
    if (!stored.isEmpty()) {
      listener.stored(first, stored);
    }
  }

  /** The reason is a code: the server's text may quote values of the row. */
  private void isolate(List<AppendRequest> batch, String reason, boolean unknown) {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      commit(batch.subList(0, half), unknown);
      commit(batch.subList(half, batch.size()), unknown);
      return;
    }
    metrics.refused();
    batch.forEach(request -> request.fail(new EntryRefusedException(reason)));
  }

  private void unavailable(List<AppendRequest> batch, @Nullable Throwable cause) {
    metrics.unavailable();
    batch.forEach(
        request -> request.fail(new LogUnavailableException("the log takes no events now", cause)));
  }

  private static void unsettled(List<AppendRequest> batch, @Nullable Throwable cause) {
    batch.forEach(
        request ->
            request.fail(
                new OutcomeUnknownException(
                    "the database did not say in time whether the events are stored", cause)));
  }
}
