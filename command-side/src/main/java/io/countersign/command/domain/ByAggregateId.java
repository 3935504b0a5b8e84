package io.countersign.command.domain;

import io.countersign.kernel.AggregateCommand;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Commands say themselves which aggregate they are for, so the kernel needs no annotation. */
public final class ByAggregateId implements CommandTargetResolver {

  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
    if (command.getPayload() instanceof AggregateCommand forAggregate) {
      return new VersionedAggregateIdentifier((Object) forAggregate.aggregateId(), null);
    }
    throw new IllegalArgumentException(
        command.getCommandName() + " does not say which aggregate it is for");
  }
}
