package io.countersign.benchmarks.projection;

import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowBuffer;
import io.countersign.query.projection.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Axon's JDBC token store; what an event changes goes to the database at once, one statement for
 * each table.
 */
final class StockJdbc implements StockStorage {

  private final DataSource pool;
  private final Projection<?> projection;

  StockJdbc(DataSource pool, Projection<?> projection) {
    this.pool = pool;
    this.projection = projection;
  }

  @Override
  public String name() {
    return "JDBC";
  }

  @Override
  public TokenStore tokens(Serializer serializer) throws SQLException {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop table if exists TokenEntry");
    }
    JdbcTokenStore tokens =
        JdbcTokenStore.builder()
            .connectionProvider(new SpringDataSourceConnectionProvider(pool))
            .serializer(serializer)
            .build();
    tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
    return tokens;
  }

  @Override
  public TransactionManager transactions() {
    return new SpringTransactionManager(new JdbcTransactionManager(pool));
  }

  @Override
  public void write(long index, List<RowChange> changes) {
    var rows = new RowBuffer(projection.tables());
    rows.add(index, changes);
    rows.flush(DataSourceUtils.getConnection(pool), projection.schema());
  }

  @Override
  public void close() {
    // the pool is the caller's
  }
}
