package io.countersign.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.command.CheckOutCache;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** A node as the product builds it: event log, command bus, cached aggregates. */
final class CounterNode implements AutoCloseable {

  static {
    System.setProperty("axoniq.update-checker.disabled", "true");
  }

  private static final int CACHED = 1_000;

  private final HikariDataSource pool;
  private final EventLog log;
  private final Configuration configuration;

  private CounterNode(HikariDataSource pool, EventLog log) {
    this.pool = pool;
    this.log = log;
    this.configuration =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> serializer())
            .configureTransactionManager(c -> NoTransactionManager.INSTANCE)
            .configureEventStore(c -> log.store())
            .configureCommandBus(c -> LogCommandBus.of(log))
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(Counter.class)
                    .configureCache(c -> new CheckOutCache(CACHED)))
            .start();
  }

  /**
   * Starts a node.
   *
   * @throws RuntimeException when the database cannot be reached
   */
  static CounterNode start(DatabaseAddress address) {
    HikariDataSource pool = pool(address);
    try {
      return new CounterNode(pool, log(address, pool));
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** The log alone, as on a node that handles no commands. */
  static EventLog log(DatabaseAddress address, HikariDataSource pool) {
    return new EventLog(
            address,
            pool,
            serializer(),
            KeyIds.NONE,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS)
        .start();
  }

  static HikariDataSource pool(DatabaseAddress address) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2_000);
    return new HikariDataSource(config);
  }

  static Serializer serializer() {
    return Jackson3Serializer.builder()
        .jsonMapperBuilderCustomizer(
            json ->
                json.polymorphicTypeValidator(
                    BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .build()))
        .build();
  }

  EventLog log() {
    return log;
  }

  /**
   * Sends a turn's command and waits for its end.
   *
   * @return sequence of its first event, {@link Counter.Receipt#UNKNOWN} when an earlier try has
   *     stored it
   * @throws RuntimeException whatever the command failed with
   */
  long send(Turn turn, int sharedPercent) {
    var receipt = new Counter.Receipt();
    var command = new Counter.Count(turn.counter(sharedPercent), turn, turn.events(), receipt);
    CommandMessage<Counter.Count> message =
        new GenericCommandMessage<>(
            new GenericMessage<>(turn.messageId(), command, MetaData.emptyInstance()),
            Counter.Count.class.getName());
    var answer = new CompletableFuture<Boolean>();
    configuration
        .commandBus()
        .dispatch(
            message,
            (sent, result) -> {
              if (result.isExceptional()) {
                answer.completeExceptionally(result.exceptionResult());
              } else {
                answer.complete(true);
              }
            });
    try {
      answer.join();
      return receipt.first();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  @Override
  public void close() {
    try {
      configuration.shutdown();
      log.close();
    } finally {
      pool.close();
    }
  }
}
