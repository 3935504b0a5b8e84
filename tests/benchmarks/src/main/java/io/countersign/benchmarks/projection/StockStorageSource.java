package io.countersign.benchmarks.projection;

import io.countersign.query.projection.Projection;
import javax.sql.DataSource;

/**
 * Brings a storage whose libraries this module does not have; found by {@link
 * java.util.ServiceLoader}.
 */
public interface StockStorageSource {

  /** The storage of a projection's rows, in the tables of its first generation. */
  StockStorage of(DataSource pool, Projection<?> projection);
}
