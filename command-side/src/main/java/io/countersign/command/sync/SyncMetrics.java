package io.countersign.command.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Writes by outcome, and how long the source took to have what was decided here. */
final class SyncMetrics {

  private final MeterRegistry registry;
  private final Timer lag;

  SyncMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lag =
        Timer.builder("countersign.sync.lag")
            .description("from our event to the revision that the source acknowledged")
            .publishPercentiles(0.5, 0.9, 0.99)
            .register(registry);
  }

  void outcome(String outcome) {
    registry.counter("countersign.sync.writes", "outcome", outcome).increment();
  }

  void written(Duration sinceDecided) {
    outcome("written");
    lag.record(sinceDecided.isNegative() ? Duration.ZERO : sinceDecided);
  }
}
