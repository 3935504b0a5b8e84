package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.CommandIntent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks the next level when nobody answered in time. The times of both levels are intents from the
 * beginning, one after the other, and are canceled by an answer.
 */
final class Climbing implements Automation {

  private static final String KIND = "escalation.climb";

  /** A level whose time will come. */
  record Climb(EscalationId escalation, int episode, int level, Instant due) {}

  @Override
  public String name() {
    return "escalation-climbing";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(EscalationEvent.class);
  }

  @Override
  public List<Reaction> on(Occurrence occurrence) {
    return switch ((EscalationEvent) occurrence.event()) {
      case EscalationEvent.Raised e -> climb(e.escalation(), e.episode(), e.plan());
      case EscalationEvent.Snoozed e -> climb(e.escalation(), e.episode(), e.plan());
      case EscalationEvent.Acknowledged e -> answered(e);
      case EscalationEvent.Assigned e -> answered(e);
      case EscalationEvent.Merged e -> answered(e);
      case EscalationEvent.Resolved e -> answered(e);
      case EscalationEvent.Repeated _,
          EscalationEvent.LevelRaised _,
          EscalationEvent.NotificationDelivered _,
          EscalationEvent.NotificationFailed _ ->
          List.of();
    };
  }

  private static List<Reaction> climb(EscalationId escalation, int episode, Plan plan) {
    String topic = escalation.toString();
    List<Reaction> reactions = new ArrayList<>();
    reactions.add(new Reaction.Cancel(topic));
    for (int level = 2; level <= Plan.LEVELS; level++) {
      Instant due = plan.step(level).from();
      reactions.add(
          Reaction.Intend.at(due, KIND, new Climb(escalation, episode, level, due))
              .inLane(topic)
              .about(topic));
    }
    return reactions;
  }

  private static List<Reaction> answered(EscalationEvent event) {
    return List.of(new Reaction.Cancel(event.escalation().toString()));
  }

  /** Sends the command when the time has come; the aggregate looks whether it is still so. */
  static IntentHandler handler(CommandSender sender, InstantSource clock) {
    return new CommandIntent<>(
        KIND,
        Climb.class,
        climb ->
            new EscalationCommand.RaiseLevel(
                climb.escalation(), climb.episode(), climb.level(), climb.due(), clock.instant()),
        sender,
        _ -> Outcome.DONE);
  }
}
