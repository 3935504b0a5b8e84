package io.countersign.eventlog.command;

import io.countersign.eventlog.append.Committer;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Rejects a command while too many requests wait for the log, before its aggregate is locked.
 * Throws {@link io.countersign.eventlog.append.LogOverloadedException}.
 */
public final class AppendAdmission implements MessageDispatchInterceptor<CommandMessage<?>> {

  private final Committer committer;

  /** Asks this committer. */
  public AppendAdmission(Committer committer) {
    this.committer = committer;
  }

  @Override
  public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
      List<? extends CommandMessage<?>> messages) {
    committer.admit();
    return (index, message) -> message;
  }
}
