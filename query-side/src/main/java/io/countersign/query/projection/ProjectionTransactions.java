package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One JDBC transaction per unit of work for rows and token together, over a bounded number of
 * connections. Commits are not waited for on disk ({@code synchronous_commit} off): a crash of the
 * database may lose the last moments of rows and tokens together, and they are processed again.
 */
final class ProjectionTransactions implements TransactionManager {

  private final DataSource dataSource;
  private final JdbcTransactionManager transactions;
  private final TransactionAwareDataSourceProxy proxy;
  private final Semaphore connections;

  ProjectionTransactions(DataSource dataSource, int connections) {
    this.dataSource = dataSource;
    this.transactions = new JdbcTransactionManager(dataSource);
    this.proxy = new TransactionAwareDataSourceProxy(dataSource);
    this.connections = new Semaphore(connections, true);
  }

  @Override
  public Transaction startTransaction() {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return joined(transactions.getTransaction(new DefaultTransactionDefinition()));
    }
    connections.acquireUninterruptibly();
    try {
      TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
      try {
        commitWithoutWaiting();
      } catch (SQLException e) {
        transactions.rollback(status);
        throw new RowsRefusedException("query", "transaction", e.getSQLState());
      }
      return own(status);
    } catch (RuntimeException | Error e) {
      connections.release();
      throw e;
    }
  }

  private void commitWithoutWaiting() throws SQLException {
    try (var statement = connection().createStatement()) {
      statement.execute("set local synchronous_commit to off");
    }
  }

  /** Undoes what this thread's transaction did so far, and goes on in a new one. */
  void beginAgain() {
    try {
      connection().rollback();
      commitWithoutWaiting();
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "transaction", e.getSQLState());
    }
  }

  /** The connection of the transaction this thread is in; not to be closed. */
  Connection connection() {
    return DataSourceUtils.getConnection(dataSource);
  }

  /** Connections that join the transaction of their thread. */
  ConnectionProvider joiningConnections() {
    return proxy::getConnection;
  }

  private Transaction own(TransactionStatus status) {
    return new Transaction() {
      @Override
      public void commit() {
        end(() -> transactions.commit(status));
      }

      @Override
      public void rollback() {
        end(() -> transactions.rollback(status));
      }

      private void end(Runnable ending) {
        if (status.isCompleted()) {
          return;
        }
        try {
          ending.run();
        } finally {
          connections.release();
        }
      }
    };
  }

  private Transaction joined(TransactionStatus status) {
    return new Transaction() {
      @Override
      public void commit() {
        if (!status.isCompleted()) {
          transactions.commit(status);
        }
      }

      @Override
      public void rollback() {
        if (!status.isCompleted()) {
          transactions.rollback(status);
        }
      }
    };
  }
}
