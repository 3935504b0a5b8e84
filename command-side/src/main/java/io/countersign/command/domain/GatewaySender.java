package io.countersign.command.domain;

import io.countersign.kernel.AggregateCommand;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.jspecify.annotations.Nullable;

/** Sends over Axon's gateway. Waits without a limit: the append pipeline answers or fails. */
public final class GatewaySender implements CommandSender {

  private final CommandGateway gateway;

  /** On a gateway. */
  public GatewaySender(CommandGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public @Nullable Object send(AggregateCommand command, UUID id, Map<String, ?> metadata)
      throws Exception {
    var message =
        new GenericCommandMessage<>(
            new GenericMessage<>(id.toString(), command, metadata), command.getClass().getName());
    try {
      return gateway.send(message).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
