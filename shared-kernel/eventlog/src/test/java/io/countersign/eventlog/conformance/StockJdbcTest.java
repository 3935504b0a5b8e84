package io.countersign.eventlog.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.TestSerializer;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The same promises, kept by Axon's own engine (with the fixes of traps T2 and T4). */
class StockJdbcTest extends EventStoreConformance {

  private final EmbeddedEventStore store = start();

  private EmbeddedEventStore start() {
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(transactions)
            .transactionManager(transactions)
            .eventSerializer(TestSerializer.create())
            .snapshotSerializer(TestSerializer.create())
            .upcasterChain(Things.upcaster())
            .persistenceExceptionResolver(StockJdbcTest::isDuplicateKey)
            .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    return EmbeddedEventStore.builder().storageEngine(engine).fetchDelay(20).build();
  }

  private static boolean isDuplicateKey(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  @Override
  EventStore node(int number) {
    return store;
  }

  @Override
  void attach(UnitOfWork<?> unitOfWork) {
    unitOfWork.attachTransaction(transactions);
  }

  @Override
  void checkInvariants() {
    store.shutDown();
    List<String> doubles =
        database.texts(
            "select aggregateidentifier from domainevententry"
                + " group by aggregateidentifier, sequencenumber having count(*) > 1");
    assertThat(doubles).isEmpty();
  }
}
