package io.countersign.benchmarks.projection;

import io.countersign.eventlog.EventLog;
import io.countersign.query.projection.Projection;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A pooled streaming processor as Axon brings it, with its JDBC token store, four segments. */
final class StockProcessor implements AutoCloseable {

  private static final String NAME = "stock";

  private final Configuration configuration;

  StockProcessor(
      DataSource pool, EventLog log, Serializer serializer, Projection<?> projection, int batch)
      throws Exception {
    ConnectionProvider connections = new SpringDataSourceConnectionProvider(pool);
    JdbcTokenStore tokens =
        JdbcTokenStore.builder().connectionProvider(connections).serializer(serializer).build();
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop table if exists TokenEntry");
    }
    tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
    var rows = new StockRows(projection, () -> DataSourceUtils.getConnection(pool));
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(_ -> serializer)
            .configureEventStore(_ -> log.store())
            .configureTransactionManager(
                _ -> new SpringTransactionManager(new JdbcTransactionManager(pool)));
    configurer
        .eventProcessing()
        .registerTokenStore(_ -> tokens)
        .registerEventHandler(_ -> rows)
        .assignHandlerInstancesMatching(NAME, candidate -> candidate == rows)
        .assignProcessingGroup(NAME, NAME)
        .registerPooledStreamingEventProcessor(
            NAME,
            Configuration::eventStore,
            (_, builder) ->
                builder
                    .initialSegmentCount(4)
                    .batchSize(batch)
                    .initialToken(StreamableMessageSource::createTailToken));
    configuration = configurer.buildConfiguration();
  }

  void start() {
    configuration.start();
  }

  /** Waits until every segment has seen an entry. */
  void await(long index, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (position() < index) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("stock Axon is at " + position());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private long position() {
    var status =
        configuration
            .eventProcessingConfiguration()
            .eventProcessor(NAME, StreamingEventProcessor.class)
            .orElseThrow()
            .processingStatus();
    return status.size() < 4
        ? -1
        : status.values().stream()
            .mapToLong(segment -> segment.getCurrentPosition().orElse(-1))
            .min()
            .orElse(-1);
  }

  @Override
  public void close() {
    configuration.shutdown();
  }
}
