package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.IntentDesk;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.inbox.InboxSignals;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.reconciliation.ReconciliationHealth;
import io.countersign.command.transition.TransitionRules;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Escalations of a node: needs the automations beside it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EscalationSettings.class, MailSettings.class, WatchSettings.class})
public class EscalationConfiguration {

  /** Its tables. */
  public static final Schema SCHEMA = new Schema("escalation", "db/escalation");

  private static final int DELIVERIES_AT_ONCE = 50_000;

  @Bean
  ConfigurerModule escalationAggregate() {
    return new EscalationAggregate();
  }

  @Bean
  Routing escalationRouting(EscalationSettings settings) {
    return Channels.routing(settings);
  }

  @Bean
  EscalateWhen escalateWhen(EventStore events, ProjectStates projects) {
    return new AsProjectsDecide(new TransitionRules(events, projects), projects);
  }

  @Bean
  Raising escalationRaising(LogReader log, Routing routing, CommandSender sender) {
    return new Raising(new ContextPacker(log), routing, sender);
  }

  @Bean
  Automation escalationDetection() {
    return new Detection();
  }

  @Bean
  Automation escalationClimbing() {
    return new Climbing();
  }

  @Bean
  EscalationChannels escalationChannels(
      EscalationSettings settings, MailSettings mail, Routing routing, ClaimClock claims) {
    return new EscalationChannels(Channels.of(settings, mail, routing, claims.clock()));
  }

  /** All of them: the container would gather single ones. */
  record EscalationChannels(List<Channel> all) {}

  @Bean
  Automation escalationNotices(EscalationChannels channels) {
    return new Notices(channels.all());
  }

  @Bean
  IntentHandler escalationRaise(EscalateWhen when, Raising raising) {
    return new RaiseIntent(when, raising);
  }

  @Bean
  IntentHandler escalationDeliversAgain(
      ReconciliationHealth reconciliation, EventStore events, CommandSender sender) {
    return new DeliversAgain(reconciliation::delivers, events, sender);
  }

  @Bean
  IntentHandler escalationClimb(CommandSender sender, ClaimClock claims) {
    return Climbing.handler(sender, claims.clock());
  }

  @Bean
  IntentHandler escalationTell(
      EscalationChannels channels, EventStore events, CommandSender sender, ClaimClock claims) {
    return new TellIntent(channels.all(), events, sender, claims.clock());
  }

  @Bean
  EscalationController escalationController(
      OperatorCommands commands,
      EventStore events,
      Routing routing,
      Raising raising,
      ClaimClock claims,
      MeterRegistry metrics) {
    return new EscalationController(
        new EscalationDesk(commands, events, routing, claims.clock(), metrics),
        new RaisingByHand(raising, claims.clock(), UUID::randomUUID));
  }

  @Bean
  Watch escalationWatch(
      DataSource dataSource,
      WatchSettings settings,
      IntentDesk intents,
      ReconciliationHealth reconciliation,
      Raising raising,
      ClaimClock claims) {
    var inbox = new InboxSignals(dataSource);
    var hearing = new Hearing(dataSource, inbox, DELIVERIES_AT_ONCE);
    var facts = new Facts(settings, intents, inbox, hearing, reconciliation::untold);
    return new Watch(facts.all(), new Spells(dataSource), raising, settings, claims.clock())
        .start();
  }
}
