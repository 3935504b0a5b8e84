package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentHealth;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.transition.TransitionRules;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Escalations of a node: needs the automations beside it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EscalationSettings.class)
public class EscalationConfiguration {

  @Bean
  ConfigurerModule escalationAggregate() {
    return new EscalationAggregate();
  }

  @Bean
  Routing escalationRouting(EscalationSettings settings) {
    Path file = settings.routing();
    return file == null ? RoutingFile.builtIn() : RoutingFile.at(file);
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
  Automation escalationNotices(EscalationSettings settings) {
    return new Notices(settings.webhook() == null ? List.of() : List.of(WebhookChannel.NAME));
  }

  @Bean
  IntentHandler escalationRaise(EscalateWhen when, Raising raising) {
    return new RaiseIntent(when, raising);
  }

  @Bean
  IntentHandler escalationClimb(CommandSender sender, ClaimClock claims) {
    return Climbing.handler(sender, claims.clock());
  }

  @Bean
  IntentHandler escalationTell(
      EscalationSettings settings, EventStore events, CommandSender sender, ClaimClock claims) {
    return new TellIntent(channels(settings, claims), events, sender, claims.clock());
  }

  private static List<Channel> channels(EscalationSettings settings, ClaimClock claims) {
    URI webhook = settings.webhook();
    Path secret = settings.webhookSecretFile();
    return webhook == null || secret == null
        ? List.of()
        : List.of(new WebhookChannel(webhook, secret(secret), claims.clock()));
  }

  private static byte[] secret(Path file) {
    try {
      return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the secret of the escalations' webhook cannot be read: " + file, e);
    }
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
        new EscalationCommands(commands, events, routing),
        raising,
        claims.clock(),
        UUID::randomUUID,
        metrics);
  }

  @Bean
  Watch escalationWatch(IntentHealth intents, Raising raising, ClaimClock claims) {
    var failed =
        new Watch.Fact(
            "intents-failed", Category.OPERATIONAL, Severity.HIGH, () -> intents.failed() > 0);
    return new Watch(List.of(failed), raising, claims.clock()).start();
  }
}
