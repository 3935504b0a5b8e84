package io.countersign.command;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.access.PrincipalLinkController;
import io.countersign.command.access.PrincipalNames;
import io.countersign.command.azuredevops.KeyedReferences;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.escalation.EscalationAggregate;
import io.countersign.command.evidence.Evidence;
import io.countersign.command.evidence.EvidenceProcessor;
import io.countersign.command.evidence.LoggedGrounds;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.policy.PolicyController;
import io.countersign.command.policy.ProjectPolicyController;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.ProjectController;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.command.reconciliation.Reconciliations;
import io.countersign.command.resource.Resources;
import io.countersign.command.transition.ApprovalController;
import io.countersign.command.transition.ConflictController;
import io.countersign.command.transition.DocumentController;
import io.countersign.command.transition.GateDesk;
import io.countersign.command.transition.NextController;
import io.countersign.command.transition.OverrideController;
import io.countersign.command.transition.TransitionController;
import io.countersign.command.transition.TransitionRules;
import io.countersign.command.workitem.Grounds;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Aggregates, what turns deliveries into commands for them, and what people may ask of them. The
 * schema {@link IdentityDirectory#SCHEMA} has to be migrated before.
 */
@Configuration(proxyBeanMethods = false)
public class DomainConfiguration {

  @Bean
  ConfigurerModule workItemAggregate(ObjectProvider<Grounds> grounds) {
    return new WorkItems(_ -> grounds.getObject());
  }

  /** Axon finds it among the beans when a handler of the work item asks for it. */
  @Bean
  Grounds grounds(PolicyBook book, DataSource dataSource) {
    return new LoggedGrounds(book, new Evidence(dataSource));
  }

  @Bean
  PolicyBook policyBook(EventStore events) {
    return new PolicyBook(events);
  }

  @Bean
  ConfigurerModule policyAggregate() {
    return PolicyBook.module();
  }

  @Bean
  ConfigurerModule principalAggregate() {
    return LinkedPrincipals.module();
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
            "policy", PolicyBook.aggregate(),
            "principal", LinkedPrincipals.aggregate(),
            "reconciliation", Reconciliations.aggregate(),
            "escalation", EscalationAggregate.aggregate()));
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
  ConfigurerModule evidenceProcessor(DataSource dataSource) {
    return new EvidenceProcessor(dataSource);
  }

  @Bean
  LinkedPrincipals linkedPrincipals(EventStore events) {
    return new LinkedPrincipals(events);
  }

  @Bean
  GateDesk gateDesk(
      OperatorCommands commands,
      EventStore events,
      ProjectStates projects,
      LinkedPrincipals principals,
      LogReader log,
      Clock clock) {
    return new GateDesk(
        commands, new TransitionRules(events, projects), principals, log, clock, UUID::randomUUID);
  }

  @Bean
  TransitionController transitionController(GateDesk desk) {
    return new TransitionController(desk);
  }

  @Bean
  NextController nextController(GateDesk desk) {
    return new NextController(desk);
  }

  @Bean
  DocumentController documentController(GateDesk desk) {
    return new DocumentController(desk);
  }

  @Bean
  ApprovalController approvalController(GateDesk desk, PrincipalNames principals) {
    return new ApprovalController(desk, principals);
  }

  @Bean
  OverrideController overrideController(GateDesk desk) {
    return new OverrideController(desk);
  }

  @Bean
  ConflictController conflictController(GateDesk desk) {
    return new ConflictController(desk);
  }

  @Bean
  PrincipalLinkController principalLinkController(
      OperatorCommands commands, IdentityDirectory directory, PrincipalNames principals) {
    return new PrincipalLinkController(commands, directory, principals);
  }

  @Bean
  PolicyController policyController(OperatorCommands commands, LogReader log) {
    return new PolicyController(commands, log);
  }

  @Bean
  ProjectPolicyController projectPolicyController(
      OperatorCommands commands,
      PolicyBook book,
      ProjectStates projects,
      LogReader log,
      Clock clock) {
    return new ProjectPolicyController(commands, book, projects, log, clock);
  }

  @Bean
  ProjectController projectCommandController(OperatorCommands commands, LogReader log) {
    return new ProjectController(commands, log);
  }
}
