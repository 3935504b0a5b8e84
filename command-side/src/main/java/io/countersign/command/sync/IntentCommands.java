package io.countersign.command.sync;

import io.countersign.command.automation.Intent;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.SyncCommand;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the commands of an intent, each kind with an id that is the same at each repetition. */
final class IntentCommands {

  private final CommandSender sender;

  IntentCommands(CommandSender sender) {
    this.sender = sender;
  }

  @Nullable Object send(SyncCommand command, Intent intent) throws Exception {
    return sender.send(
        command,
        NameBasedId.of(intent.id(), command.getClass().getSimpleName()),
        Map.of(
            Provenance.ACTOR, Actor.automation(intent.automation()).ref(),
            Provenance.CORRELATION_ID, intent.correlationId(),
            Provenance.CAUSATION_ID, intent.causationId()));
  }
}
