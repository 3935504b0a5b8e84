package io.countersign.golden.evolution;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.golden.evolution.Prices.Price;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.QuerySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** A program that knows one version of the catalogue, on a database that others wrote before. */
final class ThingNode implements AutoCloseable {

  private static final int SNAPSHOT_AFTER = 3;

  final Serializer events;
  final Serializer general;
  final EventLog log;
  private final Configuration axon;

  ThingNode(
      DatabaseAddress address, HikariDataSource pool, TextCipher cipher, EventCatalogue catalogue) {
    events = CatalogueSerializer.of(catalogue, cipher);
    general = GeneralSerializer.of(catalogue, cipher);
    log =
        new EventLog(
                address,
                pool,
                events,
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS,
                NoOpEventUpcaster.INSTANCE,
                new SnapshotRules(general, SnapshotFilter.allowAll()))
            .start();
    var processors =
        new ProjectionProcessors(
            List.of(new PriceProjection()),
            QuerySettings.defaults(),
            pool,
            _ -> Executors.newSingleThreadScheduledExecutor(),
            new SimpleMeterRegistry());
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEventSerializer(_ -> events)
            .configureSerializer(_ -> general)
            .configureTransactionManager(_ -> NoTransactionManager.INSTANCE)
            .configureEventBus(_ -> log.store())
            .configureCommandBus(_ -> LogCommandBus.of(log))
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(Thing.class)
                    .configureSnapshotTrigger(
                        c ->
                            new EventCountSnapshotTriggerDefinition(
                                c.snapshotter(), SNAPSHOT_AFTER)));
    if (catalogue == Prices.THIRD) {
      processors.configureModule(configurer);
    }
    axon = configurer.start();
  }

  /** Appends as an aggregate of that program would have. */
  void append(String thing, long sequence, Object event) {
    log.store()
        .publish(
            List.of(
                new GenericDomainEventMessage<>(
                    "thing",
                    thing,
                    sequence,
                    event,
                    Map.of(
                        Provenance.ACTOR, "source:test",
                        Provenance.CORRELATION_ID, "c",
                        Provenance.CAUSATION_ID, "m"))));
  }

  /** Adds a price, and says what all of them are together. */
  long price(String thing, long cents) {
    return axon.commandGateway().<Long>sendAndWait(new Price(thing, cents));
  }

  @Override
  public void close() {
    axon.shutdown();
    log.close();
  }
}
