package io.countersign.command.domain;

import io.countersign.kernel.AggregateCommand;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends a command and waits for what became of it. */
@FunctionalInterface
public interface CommandSender {

  /**
   * Sends.
   *
   * @param id the message's identifier: the same for the same command sent again
   * @param metadata provenance, by the keys of {@link io.countersign.kernel.Provenance}
   * @return the handler's answer; durable when there is one
   * @throws Exception what the handler or the bus threw
   */
  @Nullable Object send(AggregateCommand command, UUID id, Map<String, ?> metadata)
      throws Exception;
}
