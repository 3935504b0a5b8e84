package io.countersign.audit.seal;

import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Beans of sealing. Needs a {@code Path} named {@code auditFolder}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealSettings.class)
public class SealConfiguration {

  @Bean
  PublishedLog publishedLog(SealSettings settings, @Qualifier("auditFolder") Path auditFolder) {
    return new PublishedLog(
        Objects.requireNonNullElseGet(settings.folder(), () -> auditFolder.resolve("log")));
  }

  @Bean
  SealMetrics sealMetrics(MeterRegistry meters, LogReader reader, Clock clock) {
    return new SealMetrics(meters, reader, clock);
  }

  @Bean(initMethod = "start")
  Sealing sealing(
      LogReader reader,
      PublishedLog published,
      SealSettings settings,
      @Qualifier("auditFolder") Path auditFolder,
      DataSource dataSource,
      Clock clock,
      SealMetrics metrics,
      List<SealedListener> listeners) {
    return new Sealing(
        reader,
        published,
        new LogKeyFile(
            Objects.requireNonNullElseGet(
                settings.keyFile(), () -> auditFolder.resolve("log.key"))),
        Objects.requireNonNullElseGet(settings.origin(), () -> "countersign/" + logId(dataSource)),
        settings.interval(),
        clock,
        metrics,
        listeners);
  }

  private static String logId(DataSource dataSource) {
    return JdbcClient.create(dataSource)
        .sql("select log_id::text from eventlog.log")
        .query(String.class)
        .single();
  }
}
