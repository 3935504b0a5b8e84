package io.countersign.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
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
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.Histories.Logged;
import io.countersign.query.projection.RunningProjections;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The query side over the event log itself: sealed by the serializer, pushed, opened, erased. */
class RealLogTest {

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
    EventLog eventLog(
        DatabaseAddress address,
        DataSource dataSource,
        TextCipher cipher,
        Clock clock,
        MeterRegistry metrics) {
      return new EventLog(
              address,
              dataSource,
              CatalogueSerializer.of(Events.CATALOGUE, cipher),
              SealedKeys::in,
              clock,
              metrics,
              EventLogSettings.DEFAULTS)
          .start();
    }

    @Bean(destroyMethod = "shutdown")
    org.axonframework.config.Configuration axon(
        List<ConfigurerModule> modules, EventLog eventLog, TextCipher cipher) {
      var configurer =
          DefaultConfigurer.defaultConfiguration(false)
              .configureSerializer(_ -> GeneralSerializer.of(Events.CATALOGUE, cipher))
              .configureEventStore(_ -> eventLog.store());
      modules.forEach(module -> module.configureModule(configurer));
      return configurer.start();
    }
  }

  @Test
  void whatIsAppendedIsShownAndErasedWithItsKey(@TempDir Path directory) {
    DatabaseAddress address = TestPostgres.newDatabase();
    try (HikariDataSource dataSource = RunningProjections.migrated(address);
        var context = new AnnotationConfigApplicationContext()) {
      Schema.EVENTLOG.migrate(dataSource);
      context.registerBean(Path.class, () -> directory);
      context.registerBean(DatabaseAddress.class, () -> address);
      context.registerBean(
          DataSource.class, () -> dataSource, definition -> definition.setDestroyMethodName(""));
      context.register(ApiUnderTest.Surroundings.class, ApiUnderTest.WebFlux.class, Real.class);
      context.refresh();
      WebTestClient client = WebTestClient.bindToApplicationContext(context).build();

      append(context.getBean(EventLog.class));
      client
          .get()
          .uri("/api/v1/work-items/workitem:fabrikam:1?atLeast=1")
          .exchange()
          .expectStatus()
          .isOk()
          .expectBody()
          .jsonPath("$.title.text")
          .isEqualTo("Customer can sign in")
          .jsonPath("$.assignedTo.name.text")
          .isEqualTo("Grace")
          .jsonPath("$.state")
          .isEqualTo("InProgress")
          .jsonPath("$.stateHistory[1].entryIndex")
          .isEqualTo(1)
          .jsonPath("$.lastIndex")
          .isEqualTo(1);

      KeyRing keys = context.getBean(KeyRing.class);
      assertThat(keys.destroy(Histories.person("Grace").id().keyOwner())).isPositive();
      RunningProjections.eventually(
          () ->
              new String(
                      client
                          .get()
                          .uri("/api/v1/work-items/workitem:fabrikam:1")
                          .exchange()
                          .expectBody()
                          .returnResult()
                          .getResponseBodyContent())
                  .contains("\"name\":{\"erased\":true}"));
      client
          .get()
          .uri("/api/v1/processors/work-items-v1")
          .exchange()
          .expectBody()
          .jsonPath("$.state")
          .isEqualTo("running")
          .jsonPath("$.position")
          .isEqualTo(1)
          .jsonPath("$.lagPositions")
          .isEqualTo(0);
    }
  }

  private static void append(EventLog log) {
    var id = Histories.item(1);
    var seen = Histories.registered(1, "unused", Histories.START);
    Person grace = Histories.person("Grace");
    Person clear =
        new Person(grace.id(), SealedText.of(grace.id().keyOwner(), Purpose.IDENTITY, "Grace"));
    var change = new SourceChange(1, 1, Histories.START, clear);
    var registered =
        new WorkItemEvent.Registered(
            id,
            seen.project(),
            seen.type(),
            seen.state(),
            seen.sourceState(),
            seen.process(),
            SealedText.of(id.keyOwner(), Purpose.CONTENT, "Customer can sign in"),
            null,
            clear,
            Map.of(),
            List.of(),
            change);
    var changed =
        new WorkItemEvent.StateChanged(
            id,
            WorkItemState.NEW,
            WorkItemState.IN_PROGRESS,
            "New",
            "Active",
            new SourceChange(2, 2, Histories.START.plusSeconds(1), clear));
    log.store()
        .publish(
            RunningProjections.messages(
                List.of(
                    new Logged(0, registered, Histories.provenance("d1")),
                    new Logged(1, changed, Histories.provenance("d2"))),
                new HashMap<>()));
  }
}
