package io.countersign.eventlog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/** JDBC transactions bound to the thread, for stock parts of Axon in tests. */
public final class ThreadTransactions implements TransactionManager, ConnectionProvider {

  private final DataSource dataSource;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  public ThreadTransactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection bound = current.get();
    return bound == null ? dataSource.getConnection() : unclosable(bound);
  }

  @Override
  public Transaction startTransaction() {
    if (current.get() != null) {
      return new Transaction() {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
      };
    }
    try {
      Connection connection = dataSource.getConnection();
      connection.setAutoCommit(false);
      current.set(connection);
      return new Transaction() {
        @Override
        public void commit() {
          end(connection, true);
        }

        @Override
        public void rollback() {
          end(connection, false);
        }
      };
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void end(Connection connection, boolean commit) {
    current.remove();
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

  private static Connection unclosable(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ThreadTransactions.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close") || method.getName().equals("commit")) {
                return null;
              }
              try {
                return method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
