package io.countersign.audit.sequence;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.WrittenLog;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Axon's own JDBC engine in a database of its own, written to by transactions one can hold open.
 */
final class StockStore implements AutoCloseable {

  private static final int WRITERS = 40;

  private final HikariDataSource pool;

  StockStore() {
    DatabaseAddress address = TestPostgres.newDatabase();
    pool = TestPostgres.pool(address, WRITERS);
    engine(pool).createSchema(PostgresEventTableFactory.INSTANCE);
    new JdbcEventSource(pool).prepare();
  }

  DataSource dataSource() {
    return pool;
  }

  long count() {
    return jdbc().sql("select count(*) from domainevententry").query(Long.class).single();
  }

  JdbcClient jdbc() {
    return JdbcClient.create(pool);
  }

  private static JdbcEventStorageEngine engine(DataSource dataSource) {
    return JdbcEventStorageEngine.builder()
        .connectionProvider(dataSource::getConnection)
        .transactionManager(NoTransactionManager.INSTANCE)
        .eventSerializer(WrittenLog.serializer())
        .snapshotSerializer(WrittenLog.serializer())
        .build();
  }

  /** A transaction of somebody who writes events. */
  Writer begin() {
    try {
      Connection connection = pool.getConnection();
      connection.setAutoCommit(false);
      return new Writer(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes and commits at once. */
  void write(int aggregate, long sequence, Instant at) {
    begin().write(aggregate, sequence, at).commit();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** An open transaction. */
  static final class Writer {

    private final Connection connection;
    private final JdbcEventStorageEngine engine;

    private Writer(Connection connection) {
      this.connection = connection;
      this.engine = engine(new SingleConnectionDataSource(connection, true));
    }

    Writer write(int aggregate, long sequence, Instant at) {
      var id = new WorkItemId(new OrganizationId("fabrikam"), aggregate);
      EventMessage<?> event =
          new GenericDomainEventMessage<>(
              "WorkItem",
              id.toString(),
              sequence,
              new WorkItemEvent.GapDetected(id, 2, 3),
              Map.of("actor", "source:azure-devops", "correlationId", "c-1", "causationId", "m-1"),
              UUID.randomUUID().toString(),
              at);
      engine.appendEvents(List.of(event));
      return this;
    }

    /** Takes a transaction id without writing an event. */
    Writer takeId() {
      try (var statement = connection.createStatement()) {
        statement.execute("select pg_current_xact_id()");
        return this;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    void commit() {
      end(true);
    }

    void rollback() {
      end(false);
    }

    private void end(boolean commit) {
      try (connection) {
        if (commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
