package io.countersign.audit.housekeeping;

import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans for those who write about the log into it. */
@Configuration(proxyBeanMethods = false)
public class HousekeepingConfiguration {

  @Bean
  AuditEntries auditEntries(EventStore events, DataSource dataSource, Clock clock) {
    return new AuditEntries(events, dataSource, clock);
  }
}
