package io.countersign.command.inbox;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox's way to its tables. */
record InboxDatabase(DataSource dataSource, JdbcClient jdbc, TransactionTemplate transactions) {

  static InboxDatabase on(DataSource dataSource) {
    return new InboxDatabase(
        dataSource,
        JdbcClient.create(dataSource),
        new TransactionTemplate(new JdbcTransactionManager(dataSource)));
  }
}
