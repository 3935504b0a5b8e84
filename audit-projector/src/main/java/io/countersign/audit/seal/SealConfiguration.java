package io.countersign.audit.seal;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.key.KeyBook;
import io.countersign.audit.key.KeyFiles;
import io.countersign.audit.key.KeySource;
import io.countersign.audit.key.KeyVariable;
import io.countersign.audit.publish.Epochs;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

  @Bean
  KeyBook keyBook(
      PublishedLog published,
      SealSettings settings,
      @Qualifier("auditFolder") Path auditFolder,
      AuditEntries entries,
      Clock clock) {
    return new KeyBook(
        published,
        keySource(settings, auditFolder),
        secondSource(settings, auditFolder),
        entries,
        settings.rotationOverlap(),
        clock);
  }

  /** Before anything is taken in: what must not go on is halted when this bean is made. */
  @Bean(initMethod = "start")
  Sealing sealing(
      LogReader reader,
      PublishedLog published,
      KeyBook keyBook,
      SealSettings settings,
      AuditEntries entries,
      Halts halts,
      DataSource dataSource,
      SealMetrics metrics,
      List<SealedListener> listeners) {
    String origin =
        Objects.requireNonNullElseGet(settings.origin(), () -> "countersign/" + logId(dataSource));
    var resumption =
        new Resumption(
            reader,
            published,
            new Epochs(published.folder(), origin),
            keyBook,
            entries,
            halts,
            node());
    return new Sealing(resumption, published, keyBook, settings.interval(), metrics, listeners);
  }

  private static KeySource keySource(SealSettings settings, Path auditFolder) {
    String variable = settings.keyVariable();
    return variable == null
        ? new KeyFiles(
            Objects.requireNonNullElseGet(settings.keyFile(), () -> auditFolder.resolve("log.key")),
            SignatureType.ED25519)
        : new KeyVariable(variable, System.getenv(variable), SignatureType.ED25519);
  }

  private static @Nullable KeySource secondSource(SealSettings settings, Path auditFolder) {
    return settings.secondSignature() == SealSettings.SecondSignature.NONE
        ? null
        : new KeyFiles(
            Objects.requireNonNullElseGet(
                settings.secondKeyFile(), () -> auditFolder.resolve("log-ml-dsa-44.key")),
            SignatureType.COSIGNATURE_ML_DSA_44);
  }

  private static String node() {
    return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "node")
        + "/"
        + ProcessHandle.current().pid();
  }

  private static String logId(DataSource dataSource) {
    return JdbcClient.create(dataSource)
        .sql("select log_id::text from eventlog.log")
        .query(String.class)
        .single();
  }
}
