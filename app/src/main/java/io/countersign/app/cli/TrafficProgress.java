package io.countersign.app.cli;

import io.countersign.sandbox.traffic.TrafficRun;
import io.countersign.sandbox.traffic.TrafficSummary;
import java.util.OptionalLong;

/** One line a second about a run. */
final class TrafficProgress {

  private final TrafficRun run;
  private final BacklogGauge backlog;
  private final long startNanos = System.nanoTime();
  private long acknowledged;
  private long lastNanos = startNanos;

  TrafficProgress(TrafficRun run, ServerOptions.Access access) {
    this.run = run;
    this.backlog = new BacklogGauge(access);
  }

  String next() {
    TrafficSummary now = run.soFar();
    long nanos = System.nanoTime();
    double rate = (now.acknowledged() - acknowledged) * 1e9 / Math.max(1, nanos - lastNanos);
    acknowledged = now.acknowledged();
    lastNanos = nanos;
    OptionalLong waits = backlog.read();
    StringBuilder line =
        new StringBuilder(
            "%4d s  %,9d acknowledged  %,7.0f/s  p99 %s"
                .formatted(
                    (nanos - startNanos) / 1_000_000_000L,
                    now.acknowledged(),
                    rate,
                    TrafficReport.millis(now.answerTime().p99())));
    waits.ifPresent(count -> line.append("  inbox %,d".formatted(count)));
    some(line, "503", now.unavailable());
    some(line, "no answer", now.noAnswer());
    some(line, "to retry", run.waitingForRetry());
    some(line, "given up", now.givenUp());
    some(line, "PROBATION", now.wouldBeProbation().size());
    return line.toString();
  }

  private static void some(StringBuilder line, String what, long count) {
    if (count > 0) {
      line.append("  %s %,d".formatted(what, count));
    }
  }
}
