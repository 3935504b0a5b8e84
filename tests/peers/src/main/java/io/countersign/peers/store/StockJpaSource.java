package io.countersign.peers.store;

import io.countersign.benchmarks.store.BenchPostgres;
import io.countersign.benchmarks.store.Competitor;
import io.countersign.benchmarks.store.CompetitorSource;

/** For the service loader. */
public final class StockJpaSource implements CompetitorSource {

  /** For the service loader. */
  public StockJpaSource() {}

  @Override
  public Competitor on(BenchPostgres postgres) {
    return new StockJpa(postgres);
  }
}
