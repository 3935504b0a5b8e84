package io.countersign.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Axon's own engine in Spring's transactions over a pool, as its users configure it. */
final class StockJdbc extends InProcess {

  /** Sixteen a core: no writer waits long, and PostgreSQL does not drown. Not tuned further. */
  private static final int MOST_CONNECTIONS = 32;

  StockJdbc(BenchPostgres postgres) {
    super(postgres);
  }

  @Override
  public String name() {
    return "Axon JDBC engine";
  }

  @Override
  public String about() {
    return "JdbcEventStorageEngine, the same serializer and encryption, Spring transactions, pool"
        + " of "
        + MOST_CONNECTIONS
        + "; no chain, no dense order, no push";
  }

  @Override
  protected Store open(DatabaseAddress address, int writers) {
    HikariDataSource pool = pool(address, writers);
    var connections = new SpringDataSourceConnectionProvider(pool);
    TransactionManager transactions =
        new SpringTransactionManager(new JdbcTransactionManager(pool));
    Serializer serializer = OurLog.serializer();
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(connections)
            .transactionManager(transactions)
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
            .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    var store = EmbeddedEventStore.builder().storageEngine(engine).build();
    return new Store() {
      @Override
      public WriterLoop.Writer writer(int writer, int writers) {
        var items = new WorkItems(writer, writers);
        return () -> {
          WorkItems.Handled handled = items.next();
          UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(handled.message());
          unitOfWork.attachTransaction(transactions);
          unitOfWork.execute(() -> store.publish(handled.events()));
        };
      }

      @Override
      public void close() {
        store.shutDown();
        pool.close();
      }
    };
  }

  static HikariDataSource pool(DatabaseAddress address, int writers) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(Math.min(writers, MOST_CONNECTIONS));
    return new HikariDataSource(config);
  }
}
