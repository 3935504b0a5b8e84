package io.countersign.audit.sequence;

import io.countersign.audit.AuditWarnings;
import io.countersign.audit.Worker;
import io.countersign.eventlog.database.DatabaseAddress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sequencing: one thread, on one node of those that share the log's database. What may pass
 * is tried again; an event that can never have a place stops it until the next start.
 */
public final class Sequencing implements AuditWarnings, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sequencing.class);
  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final String LOCK = "select pg_try_advisory_lock(4851048362206913377)";

  private final DatabaseAddress log;
  private final Supplier<Sequencer> begin;
  private final Duration interval;
  private final Worker worker = new Worker("countersign-sequencer");
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();
  private volatile @Nullable String halted;
  private boolean troubled;

  /**
   * Does not start yet.
   *
   * @param log database in which the right to sequence is taken
   * @param begin a sequencer that goes on from what is stored
   */
  public Sequencing(
      DatabaseAddress log, Supplier<Sequencer> begin, Duration interval, MeterRegistry meters) {
    this.log = log;
    this.begin = begin;
    this.interval = interval;
    Gauge.builder("countersign.audit.sequencer.held", held, AtomicLong::doubleValue)
        .description("events of the source that wait for their predecessors")
        .register(meters);
    Gauge.builder("countersign.audit.sequencer.missed", missed, AtomicLong::doubleValue)
        .description("events that were found missing in the log when it was compared at the start")
        .register(meters);
    Gauge.builder("countersign.audit.sequencer.halted", () -> halted == null ? 0 : 1)
        .description("1 when an event can have no place in the log and somebody has to decide")
        .register(meters);
  }

  /** Starts the thread. */
  public void start() {
    worker.start(this::run);
  }

  /** Why sequencing has stopped for good; empty while it goes on. */
  public Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  @Override
  public List<String> warnings() {
    String why = halted;
    return why == null ? List.of() : List.of("sequencing has stopped: " + why);
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!worker.ended(pause)) {
      try (Connection lock = log.connect("countersign sequencer")) {
        if (mine(lock)) {
          sequenceUntilEnd(lock);
          return;
        }
      } catch (SequencingHaltedException e) {
        halted = String.valueOf(e.getMessage());
        LOG.error("SEQUENCING HAS STOPPED: {}. Nothing of its source enters the log", halted);
        return;
      } catch (SQLException | RuntimeException | Error e) {
        if (!troubled) {
          LOG.warn("events are not sequenced now, it is tried again: {}", e.getClass().getName());
          troubled = true;
        }
      }
      pause = STAND_BY;
    }
  }

  private static boolean mine(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(LOCK)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void sequenceUntilEnd(Connection lock) throws SQLException, SequencingHaltedException {
    Sequencer sequencer = begin.get();
    long missing = sequencer.reconcile();
    missed.set(missing);
    if (missing > 0) {
      LOG.error("{} events of the source were not in the log; they are sequenced now", missing);
    }
    Duration pause = Duration.ZERO;
    while (!worker.ended(pause)) {
      boolean more = sequencer.sequence();
      held.set(sequencer.held());
      if (troubled) {
        LOG.info("events are sequenced again");
        troubled = false;
      }
      if (!more && !lock.isValid((int) STAND_BY.toSeconds())) {
        throw new SQLException("the right to sequence is lost");
      }
      pause = more ? Duration.ZERO : interval;
    }
  }

  /** Ends the thread after the step it is at. */
  @Override
  public void close() {
    worker.close();
  }
}
