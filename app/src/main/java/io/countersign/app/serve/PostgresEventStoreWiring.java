package io.countersign.app.serve;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.command.StartGuard;
import io.countersign.eventlog.command.TransientRetry;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.LogEventStore;
import io.countersign.eventlog.store.SnapshotRules;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Events in PostgreSQL by the append pipeline, with the command bus that belongs to it. Left out
 * with {@code countersign.event-store=axon-server}: then Axon's own configuration makes both.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    name = "countersign.event-store",
    havingValue = "postgresql",
    matchIfMissing = true)
class PostgresEventStoreWiring {

  private static final int RETRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  @Bean
  EventLog eventLog(
      DatabaseAddress address,
      DataSource dataSource,
      @Qualifier("eventSerializer") Serializer eventSerializer,
      Serializer serializer,
      ObjectProvider<SnapshotFilter> snapshots,
      Clock clock,
      MeterRegistry meters) {
    return new EventLog(
            address,
            dataSource,
            eventSerializer,
            SealedKeys::in,
            clock,
            meters,
            EventLogSettings.DEFAULTS,
            NoOpEventUpcaster.INSTANCE,
            new SnapshotRules(
                serializer, snapshots.getIfAvailable(() -> SnapshotFilter.allowAll())))
        .start();
  }

  @Bean(destroyMethod = "")
  LogEventStore eventStore(EventLog log) {
    return log.store();
  }

  @Bean
  CommandBus commandBus(EventLog log, List<CorrelationDataProvider> provenance) {
    LogCommandBus bus = LogCommandBus.of(log);
    bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(provenance));
    return bus;
  }

  @Bean
  TransientRetry transientRetry() {
    return new TransientRetry(RETRIES, FIRST_PAUSE);
  }

  @Bean
  CommandGateway commandGateway(CommandBus bus, TransientRetry retry) {
    return DefaultCommandGateway.builder().commandBus(bus).retryScheduler(retry).build();
  }

  @Bean
  ConfigurerModule startGuard() {
    return new StartGuard();
  }
}
