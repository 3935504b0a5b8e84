package io.countersign.query.deadletter;

import io.countersign.eventlog.store.OwnEntries;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.reading.BlockingCalls;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Dead letters: what waits, the desk that decides about it, telling the log, the API. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

  @Bean
  DeadLetterTable deadLetterTable(DataSource dataSource) {
    return new DeadLetterTable(dataSource);
  }

  @Bean
  DeadLetterTeller deadLetterTeller(DataSource dataSource, EventStore events, Clock clock) {
    return new DeadLetterTeller(dataSource, new OwnEntries(events, clock));
  }

  @Bean
  DeadLetterDesk deadLetterDesk(
      DeadLetterTable table,
      DataSource dataSource,
      ProjectionProcessors projections,
      @Qualifier("eventSerializer") Serializer events,
      DeadLetterTeller teller) {
    return new DeadLetterDesk(table, dataSource, projections::ofProcessor, events, teller::tell);
  }

  @Bean
  DeadLetterController deadLetterController(
      DeadLetterTable table, DeadLetterDesk desk, BlockingCalls blocking) {
    return new DeadLetterController(table, desk, blocking);
  }
}
