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
  private final AtomicLong lookedAt = new AtomicLong(NEVER);
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
    Gauge.builder("countersign.audit.sealing.lag", () -> lag(reader))
        .baseUnit("seconds")
        .description("since the oldest entry that no checkpoint of this node stands over; 0: none")
        .register(meters);
    Gauge.builder("countersign.audit.verified.index", () -> size.get() - 1.0)
        .description("last entry that this node checked against its chain; -1: none")
        .register(meters);
    Gauge.builder("countersign.audit.verified.age", () -> seconds(lookedAt.get()))
        .baseUnit("seconds")
        .description("since this node last found the log to go on from what it sealed")
        .register(meters);
    Gauge.builder("countersign.audit.halted", halted, AtomicLong::doubleValue)
        .description("1 when sealing has stopped until somebody decides")
        .register(meters);
  }

  void sealed(long now) {
    lookedAt.set(clock.millis());
    if (size.getAndSet(now) != now || grownAt.get() == NEVER) {
      grownAt.set(clock.millis());
    }
  }

  void halted(boolean now) {
    halted.set(now ? 1 : 0);
  }

  private double unsealed(LogReader reader) {
    try {
      return reader.head().map(head -> head.lastIndex() + 1 - size.get()).orElse(0L);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private double lag(LogReader reader) {
    try {
      return reader
          .entry(size.get())
          .map(oldest -> seconds(oldest.recordedAt().toEpochMilli()))
          .orElse(0.0);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private double age() {
    return seconds(grownAt.get());
  }

  private double seconds(long at) {
    return at == NEVER ? Double.NaN : (clock.millis() - at) / 1_000.0;
  }
}
