package io.countersign.command.automation;

import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Axon's transactions as JDBC transactions: token and intents commit together. */
final class JdbcTransactions implements TransactionManager {

  private final JdbcTransactionManager transactions;

  JdbcTransactions(DataSource dataSource) {
    this.transactions = new JdbcTransactionManager(dataSource);
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
