package io.countersign.benchmarks.store;

/**
 * Brings a competitor whose libraries this module does not have; found by {@link
 * java.util.ServiceLoader}.
 */
public interface CompetitorSource {

  /** The competitor on this server. */
  Competitor on(BenchPostgres postgres);
}
