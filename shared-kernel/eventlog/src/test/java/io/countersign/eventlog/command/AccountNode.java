package io.countersign.eventlog.command;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogNode;
import io.countersign.eventlog.TestSerializer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;

/** A node that handles commands of accounts, with caching. */
final class AccountNode implements AutoCloseable {

  final EventLog log;
  final CheckOutCache cache = new CheckOutCache(100);
  final Configuration configuration;

  AccountNode(LogDatabase database) {
    this(database, aggregate -> {});
  }

  AccountNode(LogDatabase database, Consumer<AggregateConfigurer<Account>> more) {
    AggregateConfigurer<Account> aggregate =
        AggregateConfigurer.defaultConfiguration(Account.class).configureCache(c -> cache);
    more.accept(aggregate);
    log = LogNode.start(database);
    configuration =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> TestSerializer.create())
            .configureTransactionManager(c -> NoTransactionManager.INSTANCE)
            .configureEventStore(c -> log.store())
            .configureCommandBus(c -> LogCommandBus.of(log))
            .configureAggregate(aggregate)
            .buildConfiguration();
    configuration.start();
  }

  /** The command's result, or its failure thrown. */
  Object send(Object command) {
    return send(GenericCommandMessage.asCommandMessage(command));
  }

  Object send(CommandMessage<?> command) {
    var answer = new CompletableFuture<Object>();
    configuration
        .commandBus()
        .<Object, Object>dispatch(
            cast(command),
            (message, result) -> {
              if (result.isExceptional()) {
                answer.completeExceptionally(result.exceptionResult());
              } else {
                answer.complete(result.getPayload());
              }
            });
    try {
      return answer.join();
    } catch (java.util.concurrent.CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> CommandMessage<T> cast(CommandMessage<?> command) {
    return (CommandMessage<T>) command;
  }

  @Override
  public void close() {
    configuration.shutdown();
    log.close();
  }
}
