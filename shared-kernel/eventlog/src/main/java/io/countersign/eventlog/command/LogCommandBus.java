package io.countersign.eventlog.command;

import io.countersign.eventlog.EventLog;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.NoOpCallback;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/**
 * The command bus that belongs to the event log: without a transaction manager, rolling back on
 * anything, with admission, the check of stale refusals and no commands from event handlers. An
 * Error in the commit phases, which Axon lets through, becomes the command's failure, so that
 * nobody waits for an answer that never comes.
 */
public final class LogCommandBus extends SimpleCommandBus {

  private LogCommandBus(Builder builder) {
    super(builder);
  }

  /** A bus for this log. */
  public static LogCommandBus of(EventLog log) {
    var bus =
        new LogCommandBus(
            SimpleCommandBus.builder()
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .defaultCommandCallback(NoOpCallback.INSTANCE));
    bus.registerDispatchInterceptor(new NoCommandsWhileHandlingEvents());
    bus.registerDispatchInterceptor(new AppendAdmission(log.committer()));
    bus.registerHandlerInterceptor(new StaleRefusals(log.store()));
    return bus;
  }

  @Override
  protected <C, R> void handle(
      CommandMessage<C> command,
      MessageHandler<? super CommandMessage<?>> handler,
      CommandCallback<? super C, ? super R> callback) {
    var answered = new AtomicBoolean();
    CommandCallback<C, R> once =
        (message, result) -> {
          if (answered.compareAndSet(false, true)) {
            callback.onResult(message, result);
          }
        };
    try {
      super.handle(command, handler, once);
    } catch (Error e) {
      once.onResult(command, GenericCommandResultMessage.asCommandResultMessage(e));
    }
  }
}
