package io.countersign.query.projection;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories.Logged;
import io.countersign.query.QuerySchemas;
import io.countersign.query.QuerySettings;
import io.countersign.query.project.ProjectProjection;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** The projections on Axon's own processors, over a source with dense positions from 0. */
public final class RunningProjections implements AutoCloseable {

  /** When every event was recorded. */
  public static final Instant RECORDED = Instant.parse("2026-03-01T09:00:00Z");

  /** What the clock says. */
  public static final Instant NOW = RECORDED.plusSeconds(90);

  public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  public final ProjectionProcessors processors;
  public final ProjectionPositions positions;
  public final ProcessorStatuses statuses;
  private final EventStorageEngine engine;
  private final Map<String, Long> sequences = new HashMap<>();
  private final Configuration axon;
  private long events;

  public static HikariDataSource migrated(DatabaseAddress address) {
    HikariDataSource dataSource = TestPostgres.pool(address, 12);
    QuerySchemas.ALL.forEach(schema -> schema.migrate(dataSource));
    return dataSource;
  }

  public RunningProjections(HikariDataSource dataSource) {
    this(dataSource, new InMemoryEventStorageEngine(), new WorkItemProjection());
  }

  RunningProjections(
      HikariDataSource dataSource, EventStorageEngine engine, Projection<?> workItems) {
    this.engine = engine;
    QuerySettings settings = QuerySettings.defaults();
    processors =
        new ProjectionProcessors(
            List.of(workItems, new ProjectProjection()),
            settings,
            dataSource,
            _ -> Executors.newSingleThreadScheduledExecutor(),
            metrics);
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(_ -> Jackson3Serializer.builder().build())
            .configureEventStore(_ -> EmbeddedEventStore.builder().storageEngine(engine).build());
    processors.configureModule(configurer);
    axon = configurer.buildConfiguration();
    positions = new ProjectionPositions(processors, dataSource, settings);
    statuses =
        new ProcessorStatuses(
            processors, positions, new CountingLog(), Clock.fixed(NOW, ZoneOffset.UTC));
    axon.start();
    positions.start();
  }

  /** Appends events as aggregates would. */
  public long append(List<Logged> logged) {
    List<EventMessage<?>> messages = new ArrayList<>();
    for (Logged one : logged) {
      String aggregate =
          switch (one.event()) {
            case WorkItemEvent e -> e.workItem().toString();
            case ProjectEvent e -> e.project().toString();
            default -> "other:1";
          };
      Provenance provenance = one.provenance();
      messages.add(
          new GenericDomainEventMessage<>(
              aggregate.substring(0, aggregate.indexOf(':')),
              aggregate,
              sequences.merge(aggregate, 0L, (a, _) -> a + 1),
              one.event(),
              Map.of(
                  Provenance.ACTOR, provenance.actor().ref(),
                  Provenance.CORRELATION_ID, provenance.correlationId(),
                  Provenance.CAUSATION_ID, provenance.causationId(),
                  Provenance.DELIVERY_ID, String.valueOf(provenance.deliveryId()))));
    }
    axon.eventStore().publish(messages);
    events += messages.size();
    return events - 1;
  }

  /** Waits until both projections have seen an entry. */
  public void reach(long index) {
    for (String name : processors.projections().keySet()) {
      if (positions.await(name, index, Duration.ofSeconds(20)).block() == null) {
        throw new AssertionError(
            name + " is at " + positions.position(name).block() + ", not at " + index);
      }
    }
  }

  /** Polls until something holds. */
  public static void eventually(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(20);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("did not come true within 20 seconds");
      }
      Thread.onSpinWait();
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    positions.stop();
    axon.shutdown();
  }

  /** The part of the log reader that lags need. */
  private final class CountingLog implements LogReader {

    @Override
    public Optional<LogHead> head() {
      return events == 0
          ? Optional.empty()
          : Optional.of(new LogHead(events - 1, new byte[32], RECORDED));
    }

    @Override
    public Optional<StoredEntry> entry(long index) {
      return Optional.of(
          new StoredEntry(
              index,
              new byte[32],
              new byte[0],
              "",
              "",
              0,
              "",
              "",
              "1",
              RECORDED,
              RECORDED,
              "",
              "",
              "",
              new byte[0],
              new byte[0]));
    }

    @Override
    public List<StoredEntry> page(long from, int limit, Filter filter) {
      throw new UnsupportedOperationException("lags need no pages");
    }

    @Override
    public long scan(long from, Consumer<StoredEntry> consumer) {
      throw new UnsupportedOperationException("lags need no scans");
    }
  }
}
