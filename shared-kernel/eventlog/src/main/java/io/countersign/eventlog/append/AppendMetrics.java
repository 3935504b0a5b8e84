package io.countersign.eventlog.append;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What an operator sees of the committer, all under {@code countersign.log}. */
final class AppendMetrics {

  private final Timer batchSeconds;
  private final DistributionSummary batchEvents;
  private final Counter conflicts;
  private final Counter refused;
  private final Counter unknown;
  private final Counter settled;
  private final Counter linked;

  AppendMetrics(MeterRegistry registry, Supplier<Number> depth, Supplier<Number> oldestSeconds) {
    batchSeconds =
        Timer.builder("countersign.log.append")
            .description("one batch, from sending to its commit")
            .publishPercentileHistogram()
            .register(registry);
    batchEvents =
        DistributionSummary.builder("countersign.log.append.events")
            .description("events of one batch")
            .register(registry);
    conflicts =
        Counter.builder("countersign.log.conflicts")
            .description("requests whose sequence did not continue the stored one")
            .register(registry);
    refused =
        Counter.builder("countersign.log.refused")
            .description("requests that can never be stored")
            .register(registry);
    unknown =
        Counter.builder("countersign.log.outcomes.unknown")
            .description("batches whose connection was lost before the answer")
            .register(registry);
    settled =
        Counter.builder("countersign.log.outcomes.settled")
            .description("such batches of which it was found out what became of them")
            .register(registry);
    linked =
        Counter.builder("countersign.log.append.linked")
            .description("batches stored as this node linked them; the others the database linked")
            .register(registry);
    Gauge.builder("countersign.log.queue.depth", depth)
        .description("requests that wait for the committer")
        .register(registry);
    Gauge.builder("countersign.log.queue.oldest.seconds", oldestSeconds)
        .description("age of the oldest request without an answer")
        .baseUnit("seconds")
        .register(registry);
  }

  Timer batchSeconds() {
    return batchSeconds;
  }

  void batch(int events) {
    batchEvents.record(events);
  }

  void verdict(Verdict verdict) {
    switch (verdict) {
      case Verdict.Conflict ignored -> conflicts.increment();
      case Verdict.KeyDestroyed ignored -> refused.increment();
      case Verdict.Appended ignored -> {}
      case Verdict.AlreadyStored ignored -> {}
    }
  }

  void refused() {
    refused.increment();
  }

  void unknown() {
    unknown.increment();
  }

  void linked() {
    linked.increment();
  }

  void settled() {
    settled.increment();
  }
}
