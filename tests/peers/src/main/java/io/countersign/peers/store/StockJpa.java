package io.countersign.peers.store;

import io.countersign.benchmarks.store.BenchPostgres;
import io.countersign.benchmarks.store.InProcess;
import io.countersign.benchmarks.store.OurLog;
import io.countersign.benchmarks.store.WorkItems;
import io.countersign.benchmarks.store.WriterLoop;
import io.countersign.eventlog.database.DatabaseAddress;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Axon's starter with Spring Boot's JPA starter, as both configure themselves. */
final class StockJpa extends InProcess {

  /** More connections than this made it slower on machines of two cores. */
  private static final int MOST_CONNECTIONS = 32;

  StockJpa(BenchPostgres postgres) {
    super(postgres);
  }

  @Override
  public String name() {
    return "Axon Boot JPA";
  }

  @Override
  public String about() {
    return "JpaEventStorageEngine of the starters, bytea, inserts batched, the same serializer and"
        + " encryption, pool of "
        + MOST_CONNECTIONS
        + "; no chain, no dense order, no push";
  }

  /** The events' serializer is the same as everybody's; all else is left to the starters. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Starters {

    Starters() {}

    @Bean
    Serializer eventSerializer() {
      return OurLog.serializer();
    }
  }

  @Override
  protected Store open(DatabaseAddress address, int writers) {
    ConfigurableApplicationContext context =
        new SpringApplication(Starters.class)
            .run(
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=" + address.url(),
                "--spring.datasource.username=" + address.user(),
                "--spring.datasource.password=" + address.password(),
                "--spring.datasource.hikari.maximum-pool-size="
                    + Math.min(writers, MOST_CONNECTIONS));
    EventStore store = context.getBean(EventStore.class);
    TransactionManager transactions = context.getBean(TransactionManager.class);
    EventStorageEngine engine = context.getBean(EventStorageEngine.class);
    if (!(transactions instanceof SpringTransactionManager)
        || !(engine instanceof JpaEventStorageEngine)) {
      context.close();
      throw new IllegalStateException(
          "not Axon on JPA: %s, %s".formatted(transactions.getClass(), engine.getClass()));
    }
    return new JpaStore(context, store, transactions);
  }

  private record JpaStore(
      ConfigurableApplicationContext context, EventStore store, TransactionManager manager)
      implements Store {

    @Override
    public WriterLoop.Writer writer(int writer, int writers) {
      var items = new WorkItems(writer, writers);
      return () -> {
        WorkItems.Handled handled = items.next();
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(handled.message());
        unitOfWork.attachTransaction(manager);
        unitOfWork.execute(() -> store.publish(handled.events()));
      };
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
