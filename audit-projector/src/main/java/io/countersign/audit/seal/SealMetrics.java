package io.countersign.audit.seal;

import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** What sealing says about itself. */
public final class SealMetrics {

  private static final long NEVER = -1;

  private final AtomicLong size = new AtomicLong();
  private final AtomicLong grownAt = new AtomicLong(NEVER);
  private final AtomicLong halted = new AtomicLong();
  private final Clock clock;

  /** Registers them. */
  public SealMetrics(MeterRegistry meters, LogReader reader, Clock clock) {
    this.clock = clock;
    Gauge.builder("countersign.audit.sealed.entries", size, AtomicLong::doubleValue)
        .description("entries under the newest checkpoint of this node")
        .register(meters);
    Gauge.builder("countersign.audit.unsealed.entries", () -> unsealed(reader))
        .description("entries of the log that no checkpoint of this node stands over yet")
        .register(meters);
    Gauge.builder("countersign.audit.checkpoint.age", this::age)
        .baseUnit("seconds")
        .description("since this node's newest checkpoint; NaN before the first")
        .register(meters);
    Gauge.builder("countersign.audit.halted", halted, AtomicLong::doubleValue)
        .description("1 when sealing has stopped until somebody decides")
        .register(meters);
  }

  void sealed(long now) {
    if (size.getAndSet(now) != now || grownAt.get() == NEVER) {
      grownAt.set(clock.millis());
    }
  }

  void halted() {
    halted.set(1);
  }

  private double unsealed(LogReader reader) {
    try {
      return reader.head().map(head -> head.lastIndex() + 1 - size.get()).orElse(0L);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private double age() {
    long at = grownAt.get();
    return at == NEVER ? Double.NaN : (clock.millis() - at) / 1_000.0;
  }
}
