package io.countersign.benchmarks.projection;

import io.countersign.eventlog.EventLog;
import io.countersign.query.projection.Projection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;

/** A pooled streaming processor as Axon brings it, four segments, over a storage of its own. */
final class StockProcessor implements AutoCloseable {

  private static final String NAME = "stock";

  private final Configuration configuration;

  StockProcessor(
      StockStorage storage,
      EventLog log,
      Serializer serializer,
      Projection<?> projection,
      int batch)
      throws SQLException {
    TokenStore tokens = storage.tokens(serializer);
    var rows = new StockRows(projection, storage);
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(_ -> serializer)
            .configureEventStore(_ -> log.store())
            .configureTransactionManager(_ -> storage.transactions());
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
