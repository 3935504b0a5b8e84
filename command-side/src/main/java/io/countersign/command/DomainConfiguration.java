package io.countersign.command;

import io.countersign.command.azuredevops.KeyedReferences;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.ProjectController;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.command.reconciliation.Reconciliations;
import io.countersign.command.resource.Resources;
import io.countersign.command.transition.TransitionController;
import io.countersign.command.transition.TransitionRules;
import io.countersign.command.workitem.WorkItems;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.read.LogReader;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Aggregates, what turns deliveries into commands for them, and what people may ask of them. The
 * schema {@link IdentityDirectory#SCHEMA} has to be migrated before.
 */
@Configuration(proxyBeanMethods = false)
public class DomainConfiguration {

  @Bean
  ConfigurerModule workItemAggregate() {
    return new WorkItems();
  }

  @Bean
  ConfigurerModule projectAggregate() {
    return new Projects();
  }

  @Bean
  ConfigurerModule resourceAggregate() {
    return new Resources();
  }

  @Bean
  SnapshotFilter currentSnapshots() {
    return new CurrentSnapshots(
        Map.of(
            "workitem", WorkItems.aggregate(),
            "project", Projects.aggregate(),
            "resource", Resources.aggregate(),
            "reconciliation", Reconciliations.aggregate()));
  }

  @Bean
  IdentityDirectory identityDirectory(DataSource dataSource, KeyRing keys, Clock clock) {
    return new IdentityDirectory(dataSource, keys, clock, UUID::randomUUID);
  }

  @Bean
  ProjectStates projectStates(EventStore events) {
    return new LoggedProjectStates(events);
  }

  @Bean
  CommandSender commandSender(CommandGateway gateway) {
    return new GatewaySender(gateway);
  }

  @Bean
  DeliveryHandler notificationHandler(
      IdentityDirectory directory, KeyRing keys, ProjectStates projects, CommandSender sender) {
    return new NotificationHandler(
        new PeopleResolver(directory, keys), projects, new KeyedReferences(keys), sender);
  }

  @Bean
  OperatorCommands operatorCommands(CommandSender sender) {
    return new OperatorCommands(sender, UUID::randomUUID);
  }

  @Bean
  TransitionController transitionController(
      OperatorCommands commands, EventStore events, ProjectStates projects, LogReader log) {
    return new TransitionController(commands, new TransitionRules(events, projects), log);
  }

  @Bean
  ProjectController projectCommandController(OperatorCommands commands, LogReader log) {
    return new ProjectController(commands, log);
  }
}
