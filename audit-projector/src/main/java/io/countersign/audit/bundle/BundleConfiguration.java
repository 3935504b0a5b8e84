package io.countersign.audit.bundle;

import io.countersign.audit.headmap.HeadMapEvidence;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.LogReader;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/** Beans of bundles. */
@Configuration(proxyBeanMethods = false)
public class BundleConfiguration {

  @Bean
  BundleController bundleController(
      LogReader reader,
      PublishedLog published,
      HeadMapEvidence headMapEvidence,
      DataSource dataSource,
      @Qualifier("logReading") Scheduler logReading) {
    var erasures =
        new ErasureStatement.Source(new KeyStates(dataSource), () -> RecordedErasures.in(reader));
    return new BundleController(
        new BundleWriter(reader, published, headMapEvidence, erasures), logReading);
  }
}
