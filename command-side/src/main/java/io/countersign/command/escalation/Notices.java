package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the team of each level over every channel: each target with an intent of its own. */
final class Notices implements Automation {

  private final List<Channel> channels;

  /** Over these channels. */
  Notices(List<Channel> channels) {
    this.channels = List.copyOf(channels);
  }

  /**
   * Whose team is to be told over which channel.
   *
   * @param channel name of the target
   * @param reference which target it is, where the channel has several
   */
  record Telling(
      EscalationId escalation,
      int episode,
      int level,
      String channel,
      @Nullable String reference) {}

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
      case EscalationEvent.Raised e ->
          tell(occurrence, e.plan().step(1).team(), e.escalation(), e.episode(), 1);
      case EscalationEvent.LevelRaised e ->
          tell(occurrence, e.team(), e.escalation(), e.episode(), e.level());
      default -> List.of();
    };
  }

  private List<Reaction> tell(
      Occurrence occurrence, String team, EscalationId id, int episode, int level) {
    return channels.stream()
        .flatMap(channel -> channel.targets(team).stream())
        .map(target -> new Telling(id, episode, level, target.name(), target.reference()))
        .<Reaction>map(telling -> Reaction.Intend.at(occurrence.at(), TellIntent.KIND, telling))
        .toList();
  }
}
