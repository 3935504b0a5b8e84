package io.countersign.eventlog.command;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Refuses commands that are sent inside the unit of work of an event. */
public final class NoCommandsWhileHandlingEvents
    implements MessageDispatchInterceptor<CommandMessage<?>> {

  @Override
  public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
      List<? extends CommandMessage<?>> messages) {
    if (CurrentUnitOfWork.isStarted()) {
      Optional<UnitOfWork<?>> unitOfWork = Optional.of(CurrentUnitOfWork.get());
      while (unitOfWork.isPresent()) {
        if (unitOfWork.get().getMessage() instanceof EventMessage<?>) {
          throw new CommandWhileHandlingEventException(messages.getFirst().getCommandName());
        }
        unitOfWork = unitOfWork.get().parent();
      }
    }
    return (index, message) -> message;
  }
}
