package io.countersign.command.sync;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.access.PrincipalNames;
import io.countersign.command.automation.Automation;
import io.countersign.command.automation.IntentDesk;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.transition.TransitionRules;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writes to the source, conflicts, and what operators see of them. */
@Configuration(proxyBeanMethods = false)
public class SyncConfiguration {

  @Bean
  Automation writeTransitions() {
    return new WriteTransitions();
  }

  @Bean
  SourceStates sourceStates(AzureDevOps azureDevOps, Clock clock) {
    return new SourceStates(azureDevOps, clock);
  }

  @Bean
  IntentHandler transitionWriter(
      AzureDevOps azureDevOps,
      EventStore events,
      ProjectStates projects,
      SourceStates states,
      CommandSender sender,
      MeterRegistry registry,
      Clock clock) {
    return writer(azureDevOps, events, projects, states, sender, registry, clock);
  }

  static TransitionWriter writer(
      AzureDevOps azureDevOps,
      EventStore events,
      ProjectStates projects,
      SourceStates states,
      CommandSender sender,
      MeterRegistry registry,
      Clock clock) {
    var commands = new IntentCommands(sender);
    var rules = new TransitionRules(events, projects);
    return new TransitionWriter(
        azureDevOps,
        new WriteRounds(rules, projects, states, commands, clock),
        commands,
        new SyncMetrics(registry),
        clock);
  }

  @Bean
  IntentHandler conflictDecider(
      CommandSender sender,
      EventStore events,
      ProjectStates projects,
      LinkedPrincipals people,
      PrincipalNames principals,
      Clock clock) {
    return new ConflictDecider(
        new IntentCommands(sender),
        new TransitionRules(events, projects),
        events,
        people,
        principals,
        clock);
  }

  @Bean
  SyncHealth syncHealth(IntentDesk desk, Clock clock, MeterRegistry registry) {
    return new SyncHealth(desk, clock, registry).start();
  }

  @Bean
  SyncController syncController(IntentDesk desk, OperatorCommands commands, LogReader log) {
    return new SyncController(desk, commands, log);
  }

  @Bean
  StatesController statesController(
      AzureDevOps azureDevOps, SourceStates states, ProjectStates projects) {
    return new StatesController(azureDevOps, states, projects);
  }
}
