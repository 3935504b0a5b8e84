package io.countersign.query.projection;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.policy.PublishPolicy;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.reconciliation.ReconciliationCommand;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories.Logged;
import io.countersign.query.OrderedEngine;
import io.countersign.query.QuerySchemas;
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
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** The projections on Axon's own processors, over a source with dense positions from 0. */
public final class RunningProjections implements AutoCloseable {

  public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  public final ProjectionProcessors processors;
  public final ProjectionPositions positions;
  public final ProcessorStatuses statuses;
  private final EventStorageEngine engine;
  private final Map<String, Long> sequences = new HashMap<>();
  private final Configuration axon;
  private final CountingLog log = new CountingLog();

  /** A new database with the schemas of the query side and of the log. */
  public static DatabaseAddress newDatabase() {
    List<Schema> schemas = new ArrayList<>(List.of(Schema.EVENTLOG));
    schemas.addAll(QuerySchemas.ALL);
    return TestPostgres.newDatabase(schemas.toArray(Schema[]::new));
  }

  public static HikariDataSource migrated() {
    return TestPostgres.pool(newDatabase(), 12);
  }

  public RunningProjections(HikariDataSource dataSource) {
    this(dataSource, new OrderedEngine(), new WorkItemProjection());
  }

  RunningProjections(
      HikariDataSource dataSource, EventStorageEngine engine, Projection<?> workItems) {
    this(dataSource, engine, workItems, QuerySettings.defaults().deadLetters());
  }

  /**
   * Projections that may park.
   *
   * @param deadLetters how many events; with 0 they stop at the first that fails
   */
  RunningProjections(
      HikariDataSource dataSource,
      EventStorageEngine engine,
      Projection<?> workItems,
      int deadLetters) {
    this.engine = engine;
    QuerySettings settings = settings(deadLetters);
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
            processors, positions, log, Clock.fixed(CountingLog.NOW, ZoneOffset.UTC));
    axon.start();
    positions.start();
  }

  /** The defaults, but a segment that failed is taken up again after a second, not after five. */
  private static QuerySettings settings(int deadLetters) {
    QuerySettings usual = QuerySettings.defaults();
    return new QuerySettings(
        usual.node(),
        usual.segments(),
        usual.batchSize(),
        usual.connections(),
        Duration.ofSeconds(6),
        usual.pollInterval(),
        usual.defaultWait(),
        usual.longestWait(),
        deadLetters);
  }

  /** Appends events as aggregates would. */
  public long append(List<Logged> logged) {
    List<EventMessage<?>> messages = messages(logged, sequences);
    axon.eventStore().publish(messages);
    return log.grow(messages.size());
  }

  /** Events as messages of their aggregates. */
  public static List<EventMessage<?>> messages(List<Logged> logged, Map<String, Long> sequences) {
    List<EventMessage<?>> messages = new ArrayList<>();
    for (Logged one : logged) {
      String aggregate =
          switch (one.event()) {
            case WorkItemEvent e -> e.workItem().toString();
            case ProjectEvent e -> e.project().toString();
            case PolicyEvent e -> PublishPolicy.aggregateId(e.policy());
            case ReconciliationEvent e -> ReconciliationCommand.aggregateId(e.project());
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
    return messages;
  }

  /** Waits until both projections have seen an entry. */
  public void reach(long index) {
    for (String name : processors.names()) {
      if (positions.await(name, index, Duration.ofSeconds(20)).block() == null) {
        throw new AssertionError(
            name + " is at " + positions.position(name).block() + ", not at " + index);
      }
    }
  }

  /** Polls until something holds. */
  public static void eventually(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("did not come true within 60 seconds");
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
}
