package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.escalation.Channel.Target;
import io.countersign.command.escalation.Channel.Told;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends a test over one channel, as the server would, and tells what the other side answered. */
public final class ChannelTrial {

  private final List<Channel> channels;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  /**
   * With the settings of a server.
   *
   * @throws RuntimeException when they or the routing matrix cannot be used; its message says why
   */
  public ChannelTrial(
      EscalationSettings settings, MailSettings mail, InstantSource clock, Supplier<UUID> newIds) {
    this.channels = Channels.of(settings, mail, Channels.routing(settings), clock);
    this.clock = clock;
    this.newIds = newIds;
  }

  /**
   * What became of it.
   *
   * @param target whom it was for
   * @param delivery its id, for the logs of the other side
   * @param taken whether the other side took it
   * @param code why not
   * @param answer the other side's words
   */
  public record Result(
      String target, UUID delivery, boolean taken, @Nullable String code, String answer) {}

  /** Names of the channels there are. */
  public List<String> names() {
    return channels.stream().map(Channel::name).toList();
  }

  /**
   * Sends one to everybody the channel reaches for a team.
   *
   * @throws IllegalArgumentException when there is no such channel, or it reaches nobody
   */
  public List<Result> send(String name, String team) throws Exception {
    Channel channel =
        channels.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    List<Target> targets = channel.targets(team);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "the channel %s reaches nobody of the team '%s'".formatted(name, team));
    }
    List<Result> results = new ArrayList<>();
    for (Target target : targets) {
      UUID delivery = newIds.get();
      results.add(
          result(
              target,
              delivery,
              tell(channel, Notice.test(delivery, team, clock.instant()), target)));
    }
    return results;
  }

  private String unknown(String name) {
    return names().isEmpty()
        ? "no channel is configured (countersign.escalation.webhook, countersign.escalation.mail)"
        : "there is no channel %s; there are: %s"
            .formatted(name, names().stream().collect(Collectors.joining(", ")));
  }

  private static Told tell(Channel channel, Notice notice, Target target)
      throws InterruptedException {
    try {
      return channel.tell(notice, target);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return new Told(
          new Outcome.Again(e.getClass().getSimpleName(), null), "no answer: " + e.getMessage());
    }
  }

  private static Result result(Target target, UUID delivery, Told told) {
    String code =
        switch (told.outcome()) {
          case Outcome.Done _ -> null;
          case Outcome.Again again -> again.code();
          case Outcome.Later later -> later.code();
          case Outcome.Hopeless hopeless -> hopeless.code();
        };
    return new Result(target.name(), delivery, code == null, code, told.answer());
  }
}
