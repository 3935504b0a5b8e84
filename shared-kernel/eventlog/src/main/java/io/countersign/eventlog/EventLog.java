package io.countersign.eventlog;

import io.countersign.eventlog.append.Committer;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.store.LogEventStore;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.eventlog.stream.LogTail;
import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/**
 * The event log of one node: committer, tail and event store, built together. Needs the schema
 * {@link io.countersign.eventlog.database.Schema#EVENTLOG}. Holds three connections of its own and
 * reads older pages through the pool.
 */
public final class EventLog implements AutoCloseable {

  private final Committer committer;
  private final LogTail tail;
  private final LogEventStore store;

  /** Without upcasters, every snapshot allowed. */
  public EventLog(
      DatabaseAddress address,
      DataSource dataSource,
      Serializer serializer,
      KeyIds keyIds,
      Clock clock,
      MeterRegistry meters,
      EventLogSettings settings) {
    this(
        address,
        dataSource,
        serializer,
        keyIds,
        clock,
        meters,
        settings,
        NoOpEventUpcaster.INSTANCE,
        SnapshotRules.all(serializer));
  }

  /**
   * Builds; {@link #start()} starts.
   *
   * @param address for the three connections that must not wait for a pool
   * @param dataSource for reads
   * @param keyIds finds the data keys in a stored payload
   * @param clock recordedAt of entries
   */
  public EventLog(
      DatabaseAddress address,
      DataSource dataSource,
      Serializer serializer,
      KeyIds keyIds,
      Clock clock,
      MeterRegistry meters,
      EventLogSettings settings,
      EventUpcaster upcasters,
      SnapshotRules snapshots) {
    var stored = new StoredEvents(dataSource);
    this.tail = new LogTail(address, stored, serializer, upcasters, meters, settings);
    this.committer = new Committer(address, clock, meters, settings, this::stored);
    this.store =
        new LogEventStore(
            committer,
            tail,
            stored,
            serializer,
            keyIds,
            upcasters,
            snapshots,
            settings.pageEvents());
  }

  /** The node's own events go to its streams as they are, without being read back. */
  private void stored(long firstIndex, List<NewEntry> entries) {
    List<StoredEvent> events = new ArrayList<>(entries.size());
    for (NewEntry entry : entries) {
      events.add(
          new StoredEvent(
              firstIndex + events.size(),
              entry.aggregateType(),
              entry.aggregateId(),
              entry.sequence(),
              entry.eventId().toString(),
              Instant.EPOCH.plus(entry.occurredMicros(), ChronoUnit.MICROS),
              entry.name(),
              entry.revision(),
              entry.payload(),
              entry.metadata()));
    }
    tail.offer(events);
  }

  /**
   * Starts the tail and the committer.
   *
   * @throws IllegalStateException when the database cannot be reached
   */
  public EventLog start() {
    AxonClock.useMicroseconds();
    try {
      tail.start();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the event log cannot reach its database, SQLSTATE " + e.getSQLState(), e);
    }
    committer.start();
    return this;
  }

  /** Axon's event store. */
  public LogEventStore store() {
    return store;
  }

  /** The committer, for admission. */
  public Committer committer() {
    return committer;
  }

  /** Accepts nothing more, commits what waits, then ends the streams. */
  @Override
  public void close() {
    try {
      committer.close();
    } finally {
      tail.close();
    }
  }
}
