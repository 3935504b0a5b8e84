package io.countersign.command.evidence;

import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Rows and token of a unit of work in one JDBC transaction. */
final class EvidenceTransactions implements TransactionManager {

  private final JdbcTransactionManager transactions;
  private final TransactionAwareDataSourceProxy joining;

  EvidenceTransactions(DataSource dataSource) {
    this.transactions = new JdbcTransactionManager(dataSource);
    this.joining = new TransactionAwareDataSourceProxy(dataSource);
  }

  /** Connections that join the transaction of their thread. */
  ConnectionProvider connections() {
    return joining::getConnection;
  }

  @Override
  public Transaction startTransaction() {
    TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
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
