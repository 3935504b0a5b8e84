package io.countersign.command.azuredevops.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Calls by operation and outcome. No tag carries a value of a call. */
record CallMetrics(MeterRegistry registry) {

  void told(Call call, Answer<?> answer, Duration took) {
    Timer.builder("countersign.azuredevops.calls")
        .description("Calls to Azure DevOps, with their waiting and repetitions")
        .tag("operation", call.operation())
        .tag("outcome", answer.outcome())
        .register(registry)
        .record(took);
  }
}
