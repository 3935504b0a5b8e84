package io.countersign.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.processing.ProcessorSettings;
import io.countersign.eventlog.processing.Processors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A projection as the product runs one, row and token in one transaction, that looks at the clock.
 */
final class TimedProjection implements AutoCloseable {

  private static final String NAME = "timed";

  private final int aggregates;
  private final HikariDataSource pool;
  private final ConnectionProvider connections;
  private final Configuration configuration;
  private final long[] handled;
  private final long[] committed;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Starts.
   *
   * @param commands how many will come
   * @param aggregates they go to, by turns: those of one aggregate wait for each other
   */
  TimedProjection(DatabaseAddress address, EventLog log, int commands, int aggregates)
      throws SQLException {
    this.aggregates = aggregates;
    pool = CounterNode.pool(address);
    pool.setMinimumIdle(2);
    connections = new SpringDataSourceConnectionProvider(pool);
    handled = new long[commands];
    committed = new long[commands];
    JdbcTokenStore tokens =
        JdbcTokenStore.builder()
            .connectionProvider(connections)
            .serializer(CounterNode.serializer())
            .build();
    tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table counter_row (counter text primary key, count bigint)");
    }
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> CounterNode.serializer())
            .configureEventStore(c -> log.store())
            .configureCommandBus(c -> LogCommandBus.of(log))
            .configureTransactionManager(
                c -> new SpringTransactionManager(new JdbcTransactionManager(pool)));
    configurer
        .eventProcessing()
        .registerTokenStore(c -> tokens)
        .registerEventHandler(c -> new Rows());
    Processors.register(configurer.eventProcessing(), ProcessorSettings.projection(NAME, 2));
    configuration = configurer.start();
  }

  /** The command with this number. */
  Turn turn(int number) {
    return new Turn(0, number % aggregates, number / aggregates);
  }

  private int number(Turn turn) {
    return (int) turn.number() * aggregates + turn.thread();
  }

  /** Handles the events. */
  @ProcessingGroup(NAME)
  public final class Rows {

    @EventHandler
    void on(Counter.Counted event) throws SQLException {
      if (event.ordinal() != 0) {
        return;
      }
      int number = number(event.turn());
      handled[number] = System.nanoTime();
      CurrentUnitOfWork.get()
          .afterCommit(
              unitOfWork -> {
                committed[number] = System.nanoTime();
                count.incrementAndGet();
              });
      try (var upsert =
          connections
              .getConnection()
              .prepareStatement(
                  """
                  insert into counter_row (counter, count) values (?, ?)
                  on conflict (counter) do update set count = excluded.count
                  """)) {
        upsert.setString(1, event.counter());
        upsert.setLong(2, event.count());
        upsert.executeUpdate();
      }
    }
  }

  /** Waits until so many commands' events are handled. */
  void await(int commands, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (count.get() < commands) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("handled " + count.get() + " of " + commands);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** When each command's first event was handled, {@link System#nanoTime()}. */
  long[] handled() {
    return handled.clone();
  }

  /** When its row was committed. */
  long[] committed() {
    return committed.clone();
  }

  @Override
  public void close() {
    configuration.shutdown();
    pool.close();
  }
}
