package io.countersign.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Durations in microseconds, sorted. */
final class Percentiles {

  private final long[] sorted;

  Percentiles(long[] micros) {
    this.sorted = micros.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** The smallest value that at least this share of all values does not exceed, in milliseconds. */
  double millis(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1_000.0;
  }

  double maxMillis() {
    return millis(1);
  }

  /** For tables. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "n %8d   p50 %8.2f ms   p95 %8.2f ms   p99 %8.2f ms   max %8.2f ms",
        count(),
        millis(0.50),
        millis(0.95),
        millis(0.99),
        maxMillis());
  }
}
