package io.countersign.peers.projection;

import io.countersign.benchmarks.projection.StockStorage;
import io.countersign.benchmarks.projection.StockStorageSource;
import io.countersign.query.projection.Projection;
import javax.sql.DataSource;

/** For the service loader. */
public final class StockJpaRowsSource implements StockStorageSource {

  /** For the service loader. */
  public StockJpaRowsSource() {}

  @Override
  public StockStorage of(DataSource pool, Projection<?> projection) {
    return new StockJpaRows(pool, projection);
  }
}
