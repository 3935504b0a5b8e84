package io.countersign.audit.seal;

import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.Sampled;
import io.countersign.eventlog.read.StoredEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
    var ahead = new Sampled<>(() -> ahead(reader));
    Gauge.builder(
            "countersign.audit.unsealed.entries",
            () -> ahead.get().map(found -> (double) found.entries()).orElse(Double.NaN))
        .description("entries of the log that no checkpoint of this node stands over yet")
        .register(meters);
    Gauge.builder("countersign.audit.checkpoint.age", this::age)
        .baseUnit("seconds")
        .description("since this node's newest checkpoint; NaN before the first")
        .register(meters);
    Gauge.builder(
            "countersign.audit.sealing.lag",
            () -> ahead.get().map(found -> lag(found.oldest())).orElse(Double.NaN))
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

  /**
   * What no checkpoint of this node stands over yet.
   *
   * @param entries how many entries
   * @param oldest when the first of them was recorded; nothing when there is none
   */
  private record Ahead(long entries, @Nullable Instant oldest) {}

  private Ahead ahead(LogReader reader) {
    long sealed = size.get();
    long all = reader.head().map(head -> head.lastIndex() + 1).orElse(0L);
    return new Ahead(
        Math.max(0, all - sealed), reader.entry(sealed).map(StoredEntry::recordedAt).orElse(null));
  }

  private double lag(@Nullable Instant oldest) {
    return oldest == null ? 0 : seconds(oldest.toEpochMilli());
  }

  private double age() {
    return seconds(grownAt.get());
  }

  private double seconds(long at) {
    return at == NEVER ? Double.NaN : (clock.millis() - at) / 1_000.0;
  }
}
