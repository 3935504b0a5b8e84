package io.countersign.command.domain;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an authenticated principal asks for over HTTP: the principal is the actor, and a new
 * conversation begins.
 */
public final class OperatorCommands {

  private final CommandSender sender;
  private final Supplier<UUID> newIds;

  /**
   * On a sender.
   *
   * @param newIds random identifiers for command messages
   */
  public OperatorCommands(CommandSender sender, Supplier<UUID> newIds) {
    this.sender = sender;
    this.newIds = newIds;
  }

  /**
   * Sends and waits.
   *
   * @throws ProblemException when the aggregate is unknown, or somebody else changed it meanwhile
   */
  public @Nullable Object send(AggregateCommand command, Principal principal) throws Exception {
    UUID id = newIds.get();
    Map<String, String> provenance =
        Map.of(
            Provenance.ACTOR, principal.actor().ref(),
            Provenance.CORRELATION_ID, id.toString(),
            Provenance.CAUSATION_ID, id.toString());
    try {
      return sender.send(command, id, provenance);
    } catch (AggregateNotFoundException _) {
      throw new ProblemException(ProblemType.NOT_FOUND, command.aggregateId() + " is not known");
    } catch (ConcurrencyException _) {
      throw new ProblemException(
          ProblemType.CONFLICT, command.aggregateId() + " was changed meanwhile: try again");
    }
  }
}
