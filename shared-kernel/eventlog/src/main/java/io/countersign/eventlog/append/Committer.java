package io.countersign.eventlog.append;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends for a whole node: one thread, one connection, many commands' events in one statement. It
 * never lingers: while one batch commits, the next one gathers.
 *
 * <p>A request that was queued is decided, whatever becomes of the thread that waits for it.
 */
public final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final RequestQueue queue;
  private final EventLogSettings settings;
  private final AppendConnection connection;
  private final BatchCommit commit;
  private final Thread thread;
  private volatile long inFlightSince = Long.MIN_VALUE;

  /**
   * Does not start yet.
   *
   * @param clock recordedAt of entries
   * @param listener told after each batch that stored something, before its callers are answered
   */
  public Committer(
      DatabaseAddress address,
      InstantSource clock,
      MeterRegistry meters,
      EventLogSettings settings,
      StoredListener listener) {
    this.settings = settings;
    this.queue = new RequestQueue(Math.multiplyExact(settings.queueCapacity(), 2));
    this.connection = new AppendConnection(address, settings.statementTimeout());
    var metrics = new AppendMetrics(meters, queue::size, this::oldestSeconds);
    this.commit = new BatchCommit(connection, clock, metrics, settings.settleFor(), listener);
    this.thread =
        Thread.ofPlatform().name("countersign-committer").daemon(true).unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /**
   * Asks whether another command may begin. Call it before anything is locked.
   *
   * @throws LogOverloadedException when too many requests wait
   */
  public void admit() {
    int waiting = queue.size();
    if (waiting >= settings.queueCapacity()) {
      throw new LogOverloadedException(waiting);
    }
  }

  /**
   * Appends the events of one unit of work, all or none, and waits until that is decided. An
   * interrupt does not end the wait.
   *
   * @throws org.axonframework.modelling.command.ConcurrencyException when a sequence does not
   *     continue the stored one
   * @throws org.axonframework.modelling.command.AggregateStreamCreationException the same, for
   *     sequence 0
   * @throws EntryRefusedException when it can never be stored
   * @throws LogHaltedException when nothing is taken until somebody has decided
   * @throws LogUnavailableException when nothing was stored, but later it may be
   * @throws OutcomeUnknownException when the database did not say in time
   * @throws LogOverloadedException when the queue is full
   */
  public AppendResult append(List<NewEntry> entries) {
    var request = new AppendRequest(entries, System.nanoTime());
    queue.add(request);
    try {
      return request.future().join(); // does not react to interrupts
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void run() {
    while (true) {
      try {
        List<AppendRequest> batch = queue.take(settings.batchEvents(), settings.batchBytes());
        if (batch.isEmpty()) {
          return;
        }
        inFlightSince = batch.getFirst().createdNanos();
        commit.commit(batch);
      } catch (RuntimeException | Error e) {
        LOG.error("the committer goes on after a failure of its own", e);
      } finally {
        inFlightSince = Long.MIN_VALUE;
      }
    }
  }

  private double oldestSeconds() {
    long now = System.nanoTime();
    long inFlight = inFlightSince;
    long oldest = inFlight == Long.MIN_VALUE ? queue.oldestNanos() : inFlight;
    return Math.max(0, now - oldest) / 1e9;
  }

  /** Takes nothing more, commits what waits, closes the connection. */
  @Override
  public void close() {
    queue.close();
    try {
      if (thread.getState() != Thread.State.NEW) {
        Duration patience = settings.settleFor().plus(settings.statementTimeout().multipliedBy(4));
        if (!thread.join(patience)) {
          throw new IllegalStateException("the committer did not finish in " + patience);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
