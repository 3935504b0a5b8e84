package io.countersign.command.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the inbox tells about itself. No tag ever carries a value from a delivery. */
final class InboxMetrics {

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter duplicates;
  private final Counter malformed;
  private final DistributionSummary batch;
  private final Timer commit;

  InboxMetrics(MeterRegistry registry, Backlog backlog, ByteBudget budget) {
    this.registry = registry;
    received =
        Counter.builder("countersign.inbox.received")
            .description("Deliveries stored, without repeated ones")
            .register(registry);
    duplicates =
        Counter.builder("countersign.inbox.duplicates")
            .description("Deliveries recognised as repeated when they came in")
            .register(registry);
    malformed =
        Counter.builder("countersign.inbox.malformed")
            .description("Deliveries stored whose body is not one JSON object within the limits")
            .register(registry);
    batch =
        DistributionSummary.builder("countersign.inbox.commit.batch")
            .description("Deliveries in one commit")
            .register(registry);
    commit =
        Timer.builder("countersign.inbox.commit")
            .description("Time of one commit of deliveries")
            .publishPercentileHistogram()
            .register(registry);
    registry.gauge("countersign.inbox.backlog", backlog, Backlog::count);
    registry.gauge("countersign.inbox.oldest.age.seconds", backlog, Backlog::oldestSeconds);
    registry.gauge(
        "countersign.inbox.wait.seconds", backlog, waiting -> waiting.admission().waitSeconds());
    registry.gauge(
        "countersign.inbox.handled.per.second", backlog, waiting -> waiting.admission().speed());
    registry.gauge("countersign.inbox.held.bytes", budget, ByteBudget::held);
  }

  void committed(int size, Duration time, long repeated) {
    batch.record(size);
    commit.record(time);
    received.increment(size - repeated);
    duplicates.increment(repeated);
  }

  /** One more was stored. */
  void stored(Arrival arrival) {
    if (!arrival.peek().wellFormed()) {
      malformed.increment();
    }
    if (arrival.oversized()) {
      outcome("quarantined");
    }
  }

  void refused(String reason) {
    registry.counter("countersign.inbox.refused", "reason", reason).increment();
  }

  /** Outcomes of attempts: failed, handled, ignored, quarantined, duplicate, evicted. */
  void outcome(String status) {
    registry.counter("countersign.inbox.outcomes", "status", status).increment();
  }
}
