package io.countersign.benchmarks.store;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measurement.
 *
 * @param perSecond commands stored in a second
 * @param closed microseconds of each, when each writer sends as soon as it is answered
 * @param open microseconds of each from the moment it was due, at half of that rate; null when not
 *     measured
 * @param clientCpu milliseconds of CPU a command in the measuring program
 * @param serverCpu milliseconds of CPU a command in all processes of PostgreSQL
 * @param walBytes bytes of write-ahead log a command
 * @param batch commands of one transaction
 */
public record Measured(
    double perSecond,
    Histogram closed,
    @Nullable Histogram open,
    double clientCpu,
    OptionalDouble serverCpu,
    double walBytes,
    double batch) {

  /** Microseconds, to a minute, three digits. */
  static Histogram histogram() {
    return new Histogram(60_000_000L, 3);
  }
}
