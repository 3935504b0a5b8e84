package io.countersign.sandbox.traffic;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what becomes of a run's notifications. Safe for use by several threads. */
final class Tally {

  /** More are counted, not kept. */
  private static final int KEPT = 1_000;

  final LongAdder sent = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder unavailable = new LongAdder();
  final LongAdder noAnswer = new LongAdder();
  final LongAdder givenUp = new LongAdder();
  private final Histogram answerMicros = new ConcurrentHistogram(3);
  private final Histogram serviceMicros = new ConcurrentHistogram(3);
  private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
  private volatile long lastNanos;

  void acknowledged(long dueNanos, long attemptNanos, long atNanos, boolean duplicate) {
    acknowledged.increment();
    if (duplicate) {
      duplicates.increment();
    }
    answerMicros.recordValue(micros(atNanos - dueNanos));
    serviceMicros.recordValue(micros(atNanos - attemptNanos));
    lastNanos = atNanos;
  }

  void found(Finding finding) {
    if (findings.size() < KEPT) {
      findings.add(finding);
    }
  }

  TrafficSummary summary(long startNanos) {
    return new TrafficSummary(
        sent.sum(),
        acknowledged.sum(),
        duplicates.sum(),
        retries.sum(),
        unavailable.sum(),
        noAnswer.sum(),
        givenUp.sum(),
        List.copyOf(findings),
        Duration.ofNanos(Math.max(0, lastNanos == 0 ? 0 : lastNanos - startNanos)),
        quantiles(answerMicros),
        quantiles(serviceMicros));
  }

  static Quantiles quantiles(Histogram micros) {
    return new Quantiles(
        micros.getTotalCount(),
        at(micros, 50),
        at(micros, 95),
        at(micros, 99),
        at(micros, 99.9),
        micros.getTotalCount() == 0 ? Duration.ZERO : of(micros.getMaxValue()));
  }

  private static Duration at(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? Duration.ZERO
        : of(micros.getValueAtPercentile(percentile));
  }

  private static Duration of(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static long micros(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
  }
}
