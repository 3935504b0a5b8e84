package io.countersign.audit.anchor;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/** Beans of anchoring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnchorSettings.class)
public class AnchorConfiguration {

  @Bean
  AnchoredEntries anchoredEntries(AuditEntries auditEntries, DataSource dataSource) {
    return new AnchoredEntries(auditEntries, dataSource);
  }

  @Bean(initMethod = "start")
  Anchoring anchoring(
      AnchorSettings settings,
      AnchoredEntries entries,
      PublishedLog published,
      MeterRegistry meters,
      Clock clock) {
    var anchors = new Anchors(published, clock);
    DurableFolder folder = evidence(published);
    var runners = new ArrayList<AnchorRunner>();
    for (AnchorSettings.One one : settings.anchors()) {
      var runner =
          new AnchorRunner(
              anchors.of(one),
              one.interval(),
              entries,
              published,
              folder,
              new AnchorAlarm(entries, settings.anchorAlarm()),
              clock);
      AnchorMetrics.register(meters, runner, clock);
      runners.add(runner);
    }
    return new Anchoring(runners);
  }

  @Bean
  AnchorController anchorController(
      Anchoring anchoring, AnchoredEntries entries, PublishedLog published, Scheduler logReading) {
    return new AnchorController(anchoring, entries, evidence(published), logReading);
  }

  private static DurableFolder evidence(PublishedLog published) {
    return new DurableFolder(published.folder().resolve("anchors"));
  }
}
