package io.countersign.audit.anchor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What anchors say about themselves, each by its name. */
final class AnchorMetrics {

  private AnchorMetrics() {}

  static void register(MeterRegistry meters, AnchorRunner runner, InstantSource clock) {
    Tags tags = Tags.of("anchor", runner.anchor().name(), "kind", runner.anchor().kind().word());
    Gauge.builder("countersign.audit.anchor.age", () -> age(runner.state(), clock))
        .tags(tags)
        .baseUnit("seconds")
        .description("since the anchor gave evidence last; NaN where it never did")
        .register(meters);
    Gauge.builder("countersign.audit.anchor.failing", () -> runner.state().isFailing() ? 1 : 0)
        .tags(tags)
        .description("1 while the anchor fails")
        .register(meters);
    FunctionCounter.builder(
            "countersign.audit.anchor.failures", runner, one -> one.state().failures())
        .tags(tags)
        .description("times the anchor failed since the start of this node")
        .register(meters);
  }

  private static double age(AnchorState state, InstantSource clock) {
    Instant last = state.lastSuccess();
    return last == null ? Double.NaN : Duration.between(last, clock.instant()).toMillis() / 1_000.0;
  }
}
