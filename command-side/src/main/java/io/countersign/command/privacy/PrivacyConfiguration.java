package io.countersign.command.privacy;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.inbox.InboxSettings;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.KeyHolders;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.purge.Payloads;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.store.LogEventStore;
import io.countersign.kernel.catalogue.Events;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erasing people. The schema {@link Matters#SCHEMA} has to be migrated before. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacySettings.class)
public class PrivacyConfiguration {

  @Bean
  ConfigurerModule dataSubjectAggregate() {
    return new DataSubjects();
  }

  @Bean
  ConfigurerModule purgeAggregate() {
    return new Purges();
  }

  @Bean
  PurgeCases purgeCases(EventStore events) {
    return new PurgeCases(events);
  }

  @Bean
  PurgeableEntries purgeableEntries(LogReader log, EventStore events) {
    return new PurgeableEntries(log, Events.CATALOGUE, events instanceof LogEventStore);
  }

  @Bean
  PurgeCertifying purgeCertifying(LogReader log, PrivacySettings settings, InboxSettings inbox) {
    return new PurgeCertifying(log, settings, inbox.retentionDays());
  }

  @Bean
  Purging purging(
      PurgeCases cases,
      Dossiers dossiers,
      PurgeableEntries entries,
      DataSource dataSource,
      PurgeCertifying certifying,
      CommandSender sender) {
    var payloads = new Payloads(dataSource);
    return new Purging(cases, dossiers, entries, payloads::purge, certifying, sender);
  }

  @Bean
  PurgeController purgeController(
      Matters matters,
      PurgeCases cases,
      PurgeableEntries entries,
      Purging purging,
      PurgeCertifying certifying,
      PrivacyCommands commands,
      Explanations explanations,
      ErasureLoop loop,
      Clock clock) {
    return new PurgeController(
        new PurgeRequests(
            matters,
            cases,
            entries,
            purging,
            certifying,
            commands,
            explanations,
            loop,
            clock,
            UUID::randomUUID));
  }

  @Bean
  Matters privacyMatters(DataSource dataSource) {
    return new Matters(dataSource);
  }

  @Bean
  Dossiers privacyDossiers(EventStore events) {
    return new Dossiers(events);
  }

  @Bean
  Explanations privacyExplanations(TextCipher cipher) {
    return new Explanations(cipher);
  }

  @Bean
  PrivacyCommands privacyCommands(OperatorCommands commands) {
    return new PrivacyCommands(commands);
  }

  @Bean
  Certifying privacyCertifying(
      LogReader log,
      DataSource dataSource,
      TextCipher cipher,
      PrivacySettings settings,
      InboxSettings inbox) {
    return new Certifying(
        log,
        new KeyHolders(dataSource),
        new Probe(new LogPages(log), cipher),
        settings,
        inbox.retentionDays());
  }

  @Bean
  ErasureLoop erasureLoop(
      Matters matters,
      Dossiers dossiers,
      JdbcKeyRing keys,
      IdentityDirectory directory,
      Certifying certifying,
      Purging purging,
      CommandSender sender,
      Clock clock,
      PrivacySettings settings) {
    var erasing = new Erasing(dossiers, new KeyRingDestroyer(keys, directory), certifying, sender);
    return new ErasureLoop(matters, erasing, purging, clock, settings.interval());
  }

  @Bean
  ErasureController erasureController(
      Matters matters,
      Dossiers dossiers,
      IdentityDirectory directory,
      PrivacyCommands commands,
      Certifying certifying,
      Explanations explanations,
      ErasureLoop loop,
      Clock clock) {
    return new ErasureController(
        new Erasures(
            matters,
            dossiers,
            directory,
            commands,
            certifying,
            explanations,
            loop,
            clock,
            UUID::randomUUID));
  }

  @Bean
  SubjectController subjectController(
      Matters matters,
      Dossiers dossiers,
      IdentityDirectory directory,
      PrivacyCommands commands,
      Explanations explanations,
      ErasureLoop loop,
      LogReader log,
      TextCipher cipher,
      EventStore events,
      Clock clock) {
    return new SubjectController(
        directory,
        new Mentions(new LogPages(log), cipher),
        new Holds(
            matters, dossiers, directory, commands, explanations, loop, clock, UUID::randomUUID),
        new Searches(events, clock, UUID::randomUUID));
  }
}
