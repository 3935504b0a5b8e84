package io.countersign.command.escalation;

import io.countersign.command.automation.CommandIntent;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.escalation.Notices.Telling;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Tells one team over one channel, and records that it did, or that it could not. */
final class TellIntent implements IntentHandler {

  static final String KIND = "escalation.tell";

  private final Map<String, Channel> channels;
  private final EventStore events;
  private final CommandSender sender;
  private final InstantSource clock;

  TellIntent(List<Channel> channels, EventStore events, CommandSender sender, InstantSource clock) {
    this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
    this.events = events;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Outcome run(Intent intent) throws Exception {
    Telling telling = IntentPayloads.read(intent, Telling.class);
    Channel channel = channels.get(telling.channel());
    Optional<Raised> raised = raised(telling.escalation(), telling.episode());
    if (channel == null || raised.isEmpty()) {
      return new Outcome.Again(channel == null ? "channel-not-configured" : "not-readable", null);
    }
    Outcome outcome = channel.tell(notice(intent.id(), telling, raised.get()));
    if (outcome instanceof Outcome.Done) {
      CommandIntent.send(
          sender,
          new EscalationCommand.RecordDelivered(
              telling.escalation(),
              intent.id(),
              telling.channel(),
              telling.level(),
              intent.attempt(),
              clock.instant()),
          intent);
    }
    return outcome;
  }

  @Override
  public void givenUp(Intent intent, String code) throws Exception {
    Telling telling = IntentPayloads.read(intent, Telling.class);
    CommandIntent.send(
        sender,
        new EscalationCommand.RecordFailed(
            telling.escalation(),
            intent.id(),
            telling.channel(),
            telling.level(),
            Math.min(intent.attempt(), intent.attempts()),
            code,
            clock.instant()),
        intent);
  }

  private Optional<Raised> raised(EscalationId escalation, int episode) {
    return events
        .readEvents(escalation.toString(), 0)
        .asStream()
        .map(message -> message.getPayload())
        .filter(EscalationEvent.Raised.class::isInstance)
        .map(EscalationEvent.Raised.class::cast)
        .filter(event -> event.episode() == episode)
        .findFirst();
  }

  private static Notice notice(UUID delivery, Telling telling, Raised raised) {
    Cause cause = raised.cause();
    Plan plan = raised.plan();
    int level = telling.level();
    return new Notice(
        delivery,
        level == 1 ? "escalation.raised" : "escalation.level-raised",
        telling.escalation(),
        level,
        plan.step(level).team(),
        raised.category(),
        raised.severity(),
        cause.kind(),
        cause.workItem() == null ? null : cause.workItem().toString(),
        cause.project() == null ? null : cause.project().toString(),
        cause.rule(),
        cause.entries(),
        raised.contextSha256(),
        raised.at(),
        level == Plan.LEVELS ? null : plan.step(level + 1).from());
  }
}
