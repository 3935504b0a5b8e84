package io.countersign.command.automation;

import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Provenance;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a command for an intent. The id of the message is the intent's, so each repetition has the
 * same; an aggregate tells a repetition by its state or by an id in the command, and answers it as
 * known, without an event.
 */
public final class CommandIntent<P extends Record> implements IntentHandler {

  private final String kind;
  private final Class<P> payload;
  private final Function<P, ? extends AggregateCommand> command;
  private final CommandSender sender;
  private final Function<@Nullable Object, Outcome> judge;

  /**
   * A handler.
   *
   * @param command what to send for a payload
   * @param judge what an answer means; most take every answer as done
   */
  public CommandIntent(
      String kind,
      Class<P> payload,
      Function<P, ? extends AggregateCommand> command,
      CommandSender sender,
      Function<@Nullable Object, Outcome> judge) {
    this.kind = kind;
    this.payload = payload;
    this.command = command;
    this.sender = sender;
    this.judge = judge;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Outcome run(Intent intent) throws Exception {
    return judge.apply(send(sender, command.apply(IntentPayloads.read(intent, payload)), intent));
  }

  /** Sends a command as the automation whose intent it is. */
  public static @Nullable Object send(CommandSender sender, AggregateCommand command, Intent intent)
      throws Exception {
    return sender.send(
        command,
        intent.id(),
        Map.of(
            Provenance.ACTOR, Actor.automation(intent.automation()).ref(),
            Provenance.CORRELATION_ID, intent.correlationId(),
            Provenance.CAUSATION_ID, intent.causationId()));
  }
}
