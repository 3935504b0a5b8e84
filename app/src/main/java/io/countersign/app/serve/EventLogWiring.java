package io.countersign.app.serve;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.ServeSettings;
import io.countersign.eventlog.append.HaltWatch;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.KeyHolder;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.encryption.MasterKey;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.kernel.catalogue.Events;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * What every node needs of the event log, wherever events are stored: keys, serializers, reader.
 */
@Configuration(proxyBeanMethods = false)
@Import(PostgresEventStoreWiring.class)
class EventLogWiring {

  @Bean
  MasterKey masterKey(
      DataSource dataSource, DataDirectory directory, ServeSettings settings, Clock clock) {
    Path configured = settings.masterKeyFile();
    Path file = configured == null ? directory.path().resolve("master.key") : configured;
    return new MasterKeyFile(file.toAbsolutePath()).open(dataSource, clock, new SecureRandom());
  }

  @Bean
  JdbcKeyRing keyRing(DatabaseAddress address, MasterKey masterKey, Clock clock) {
    return new JdbcKeyRing(address, masterKey, clock, new SecureRandom());
  }

  /** Every node with a key ring has one: certificates of erasures wait for it. */
  @Bean(initMethod = "start")
  KeyHolder keyHolder(DatabaseAddress address, JdbcKeyRing keyRing, Clock clock) {
    return new KeyHolder(address, keyRing, clock, UUID.randomUUID());
  }

  @Bean
  TextCipher textCipher(KeyRing keyRing) {
    return new AesTextCipher(keyRing, new SecureRandom());
  }

  @Bean
  Halts halts(DataSource dataSource) {
    return new Halts(dataSource);
  }

  @Bean
  HaltWatch haltWatch(Halts halts) {
    return new HaltWatch(halts);
  }

  /** After the sealer has looked, before the port opens: nothing is taken into a halted log. */
  @Bean
  SmartInitializingSingleton haltWatchStart(HaltWatch watch) {
    return watch::start;
  }

  /** Claims of processors and due times are by the time of the database. */
  @Bean
  ClaimClock claimClock(DataSource dataSource) {
    return new ClaimClock(dataSource).start();
  }

  @Bean
  LogReader logReader(DataSource dataSource) {
    return new JdbcLogReader(dataSource);
  }

  /** Events: logical names, sealed text. Nothing else is written with it. */
  @Bean
  @Qualifier("eventSerializer")
  Serializer eventSerializer(TextCipher cipher) {
    return CatalogueSerializer.of(Events.CATALOGUE, cipher);
  }

  /** Tokens, snapshots. */
  @Bean
  @Primary
  Serializer serializer(TextCipher cipher) {
    return GeneralSerializer.of(Events.CATALOGUE, cipher);
  }

  @Bean
  @Qualifier("messageSerializer")
  Serializer messageSerializer(TextCipher cipher) {
    return GeneralSerializer.of(Events.CATALOGUE, cipher);
  }

  @Bean
  CorrelationDataProvider provenance() {
    return new ProvenanceOfEvents();
  }

  /** Axon's own default logs a failing event handler's event and passes it over for good. */
  @Bean
  ConfigurerModule nothingIsPassedOver() {
    return configurer ->
        configurer
            .eventProcessing()
            .registerDefaultListenerInvocationErrorHandler(
                configuration -> PropagatingErrorHandler.instance());
  }
}
