package io.countersign.audit.headmap;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.publish.PublishedLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/** Beans of head maps. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HeadMapSettings.class)
public class HeadMapConfiguration {

  @Bean
  StoredHeads storedHeads(DataSource dataSource) {
    return new StoredHeads(dataSource);
  }

  @Bean
  HeadMaps headMaps(StoredHeads storedHeads) {
    return new HeadMaps(storedHeads);
  }

  @Bean(initMethod = "start")
  HeadMapSchedule headMapSchedule(
      StoredHeads storedHeads,
      HeadMaps headMaps,
      AuditEntries auditEntries,
      PublishedLog published,
      HeadMapSettings settings,
      Clock clock,
      MeterRegistry meters) {
    return new HeadMapSchedule(
        new HeadMapRecorder(storedHeads, headMaps, auditEntries),
        storedHeads,
        published,
        settings.headMapInterval(),
        clock,
        meters);
  }

  @Bean
  HeadMapController headMapController(
      PublishedLog published,
      StoredHeads storedHeads,
      HeadMaps headMaps,
      HeadMapSchedule headMapSchedule,
      @Qualifier("logReading") Scheduler logReading) {
    return new HeadMapController(published, storedHeads, headMaps, headMapSchedule, logReading);
  }

  @Bean
  HeadMapEvidence headMapEvidence(StoredHeads storedHeads, HeadMaps headMaps) {
    return new HeadMapEvidence(storedHeads, headMaps);
  }
}
