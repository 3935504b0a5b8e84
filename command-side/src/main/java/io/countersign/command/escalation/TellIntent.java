package io.countersign.command.escalation;

import io.countersign.command.automation.CommandIntent;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.escalation.Notices.Telling;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.NotificationFailed;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    var target = new Channel.Target(telling.channel(), telling.reference());
    Channel channel = channels.get(target.channel());
    List<EscalationEvent> episode = episode(telling.escalation(), telling.episode());
    if (channel == null || episode.isEmpty()) {
      return new Outcome.Again(channel == null ? "channel-not-configured" : "not-readable", null);
    }
    var notice =
        Notice.of(
            intent.id(),
            telling.level(),
            (Raised) episode.getFirst(),
            notTold(episode, telling.level()));
    Outcome outcome = channel.tell(notice, target).outcome();
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

  /** What happened in one episode: its raising, and all until the next one. */
  private List<EscalationEvent> episode(EscalationId escalation, int number) {
    List<EscalationEvent> episode = new ArrayList<>();
    boolean inside = false;
    for (var message : events.readEvents(escalation.toString(), 0).asStream().toList()) {
      if (message.getPayload() instanceof EscalationEvent event) {
        inside = event instanceof Raised raised ? raised.episode() == number : inside;
        if (inside) {
          episode.add(event);
        }
      }
    }
    return episode;
  }

  /** Whoever is asked next has to know that those before were perhaps never reached. */
  private static List<String> notTold(List<EscalationEvent> episode, int level) {
    return episode.stream()
        .filter(NotificationFailed.class::isInstance)
        .map(NotificationFailed.class::cast)
        .filter(failed -> failed.level() < level)
        .map(
            failed ->
                "level %d over %s: %s".formatted(failed.level(), failed.channel(), failed.code()))
        .toList();
  }
}
