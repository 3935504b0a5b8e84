package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.inbox.HandledEvents;
import io.countersign.command.inbox.Inbox;
import io.countersign.command.webhook.WebhookSettings;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reconciliation on a node. The schema {@link #SCHEMA} has to be migrated before. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationSettings.class)
public class ReconciliationConfiguration {

  /** Its tables. */
  public static final Schema SCHEMA = new Schema("reconciliation", "db/reconciliation");

  @Bean
  ConfigurerModule reconciliationAggregate() {
    return new Reconciliations();
  }

  @Bean
  RunTable reconciliationRuns(DataSource dataSource) {
    return new RunTable(dataSource);
  }

  @Bean
  Sources reconciliationSources(AzureDevOps azureDevOps, ReconciliationSettings settings) {
    return new Sources(azureDevOps, settings.projects());
  }

  @Bean
  Hooks hooks(ReconciliationSettings settings, WebhookSettings webhook) {
    return new Hooks(settings.hookUrl(), webhook);
  }

  @Bean
  HookWatch hookWatch(Hooks hooks, RunTable table, CommandSender sender) {
    return new HookWatch(hooks, table, sender, UUID::randomUUID);
  }

  @Bean
  Reconciler reconciler(
      RunTable table,
      EventStore events,
      LogReader entries,
      Inbox inbox,
      CommandSender sender,
      Clock clock,
      ReconciliationSettings settings,
      MeterRegistry registry) {
    var log = new KnownItems(events);
    return new Reconciler(
        table,
        log,
        new Absences(entries, log),
        new Filling(inbox, log, settings.handling()),
        sender,
        clock,
        UUID::randomUUID,
        settings,
        new ReconciliationMetrics(registry));
  }

  @Bean
  Undelivered undelivered(
      Hooks hooks,
      EventStore events,
      Inbox inbox,
      HandledEvents handled,
      CommandSender sender,
      Clock clock,
      ReconciliationSettings settings) {
    return new Undelivered(
        hooks,
        new Filling(inbox, new KnownItems(events), settings.handling()),
        handled,
        sender,
        clock,
        UUID::randomUUID,
        settings.handling());
  }

  @Bean
  FinishedBuilds finishedBuilds(
      DataSource dataSource,
      EventStore events,
      Inbox inbox,
      CommandSender sender,
      Clock clock,
      ReconciliationSettings settings) {
    return new FinishedBuilds(
        new BuildTable(dataSource),
        events,
        new Filling(inbox, new KnownItems(events), settings.handling()),
        sender,
        clock,
        UUID::randomUUID,
        settings);
  }

  @Bean
  ReconciliationSchedule reconciliationSchedule(
      Sources sources,
      Reconciler reconciler,
      HookWatch hooks,
      Undelivered undelivered,
      FinishedBuilds builds,
      ReconciliationSettings settings) {
    return new ReconciliationSchedule(
        sources, reconciler, hooks, undelivered, builds, settings.every());
  }

  @Bean
  ReconciliationHealth reconciliationHealth(RunTable table, Clock clock, MeterRegistry registry) {
    return new ReconciliationHealth(table, clock, registry).start();
  }

  @Bean
  ReconciliationController reconciliationController(
      Sources sources, ReconciliationSchedule schedule, RunTable table, EventStore events) {
    return new ReconciliationController(sources, schedule, table, new Results(events));
  }

  @Bean
  HookController hookController(Sources sources, Hooks hooks, HookWatch watch) {
    return new HookController(sources, hooks, watch);
  }
}
