package io.countersign.audit.halt;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Sealing;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.read.LogReader;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/** Beans of the decisions over HTTP. */
@Configuration(proxyBeanMethods = false)
public class HaltApi {

  @Bean
  AuditController auditController(
      Sealing sealing,
      PublishedLog published,
      LogReader reader,
      Halts halts,
      Clock clock,
      Scheduler logReading) {
    return new AuditController(
        new AuditStatus(sealing, published, reader, halts, clock), sealing, logReading);
  }
}
