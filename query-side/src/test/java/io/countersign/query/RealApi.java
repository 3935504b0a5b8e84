package io.countersign.query;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.encryption.MasterKey;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.Histories.Logged;
import io.countersign.query.projection.RunningProjections;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The query side over the event log itself, with keys and everything the app gives it. */
public final class RealApi implements AutoCloseable {

  public final DatabaseAddress address = RunningProjections.newDatabase();
  public final HikariDataSource dataSource = TestPostgres.pool(address, 12);
  public final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  public final WebTestClient client;
  private final Map<String, Long> sequences = new HashMap<>();

  /** Starts it; the directory keeps the master key. */
  public RealApi(Path directory) {
    context.registerBean(Path.class, () -> directory);
    context.registerBean(DatabaseAddress.class, () -> address);
    context.registerBean(
        DataSource.class, () -> dataSource, definition -> definition.setDestroyMethodName(""));
    context.register(ApiUnderTest.Surroundings.class, ApiUnderTest.WebFlux.class, Real.class);
    context.refresh();
    client =
        WebTestClient.bindToApplicationContext(context)
            .configureClient()
            .responseTimeout(Duration.ofSeconds(60))
            .build();
  }

  /** Appends events as aggregates would. */
  public void append(List<Logged> logged) {
    context.getBean(EventLog.class).store().publish(RunningProjections.messages(logged, sequences));
  }

  /** Waits until these lists show an entry. */
  public void reach(long index, String... lists) {
    for (String list : lists) {
      client
          .get()
          .uri("/api/v1/%s?atLeast=%d&wait=30s".formatted(list, index))
          .exchange()
          .expectStatus()
          .isOk();
    }
  }

  @Override
  public void close() {
    context.close();
    dataSource.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class Real {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    KeyRing keys(DatabaseAddress address, DataSource dataSource, Clock clock, Path directory) {
      MasterKey master =
          new MasterKeyFile(directory.resolve("master.key"))
              .open(dataSource, clock, new SecureRandom());
      return new JdbcKeyRing(address, master, clock, new SecureRandom());
    }

    @Bean
    TextCipher cipher(KeyRing keys) {
      return new AesTextCipher(keys, new SecureRandom());
    }

    @Bean
    LogReader log(DataSource dataSource) {
      return new JdbcLogReader(dataSource);
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(TextCipher cipher) {
      return CatalogueSerializer.of(Events.CATALOGUE, cipher);
    }

    @Bean
    @Primary
    Serializer serializer(TextCipher cipher) {
      return GeneralSerializer.of(Events.CATALOGUE, cipher);
    }

    @Bean(destroyMethod = "")
    EventStore eventStore(EventLog log) {
      return log.store();
    }

    @Bean
    EventLog eventLog(
        DatabaseAddress address,
        DataSource dataSource,
        @Qualifier("eventSerializer") Serializer events,
        Clock clock,
        MeterRegistry metrics) {
      return new EventLog(
              address,
              dataSource,
              events,
              SealedKeys::in,
              clock,
              metrics,
              EventLogSettings.DEFAULTS)
          .start();
    }

    @Bean(destroyMethod = "shutdown")
    org.axonframework.config.Configuration axon(
        List<ConfigurerModule> modules, EventLog eventLog, Serializer serializer) {
      var configurer =
          DefaultConfigurer.defaultConfiguration(false)
              .configureSerializer(_ -> serializer)
              .configureEventStore(_ -> eventLog.store());
      modules.forEach(module -> module.configureModule(configurer));
      return configurer.start();
    }
  }
}
