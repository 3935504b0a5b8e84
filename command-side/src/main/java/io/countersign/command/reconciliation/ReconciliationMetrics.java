package io.countersign.command.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What runs of this node found. */
final class ReconciliationMetrics {

  private final Counter revisions;
  private final Counter missing;
  private final Counter filled;
  private final Counter compared;
  private final Counter failed;

  ReconciliationMetrics(MeterRegistry registry) {
    revisions = registry.counter("countersign.reconciliation.revisions");
    missing = registry.counter("countersign.reconciliation.missing");
    filled = registry.counter("countersign.reconciliation.filled");
    compared = registry.counter("countersign.reconciliation.runs", "outcome", "compared");
    failed = registry.counter("countersign.reconciliation.runs", "outcome", "failed");
  }

  void compared(Tally tally) {
    compared.increment();
    revisions.increment(tally.revisions());
    missing.increment(tally.missing());
    filled.increment(tally.filled());
  }

  void failed() {
    failed.increment();
  }
}
