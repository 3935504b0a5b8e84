package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import java.util.List;
import java.util.Set;

/** Tells the team of each level over every channel. */
final class Notices implements Automation {

  private final List<String> channels;

  /** Over these channels. */
  Notices(List<String> channels) {
    this.channels = List.copyOf(channels);
  }

  /** Whose team is to be told over which channel. */
  record Telling(EscalationId escalation, int episode, int level, String channel) {}

  @Override
  public String name() {
    return "escalation-notices";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(EscalationEvent.Raised.class, EscalationEvent.LevelRaised.class);
  }

  @Override
  public List<Reaction> on(Occurrence occurrence) {
    return switch (occurrence.event()) {
      case EscalationEvent.Raised e -> tell(occurrence, e.escalation(), e.episode(), 1);
      case EscalationEvent.LevelRaised e ->
          tell(occurrence, e.escalation(), e.episode(), e.level());
      default -> List.of();
    };
  }

  private List<Reaction> tell(Occurrence occurrence, EscalationId id, int episode, int level) {
    return channels.stream()
        .<Reaction>map(
            channel ->
                Reaction.Intend.at(
                    occurrence.at(), TellIntent.KIND, new Telling(id, episode, level, channel)))
        .toList();
  }
}
