package io.countersign.app.cli;

import io.countersign.audit.verify.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** One line that is written over again: how far it is, how fast, how long it will take. */
final class ProgressLine implements Progress {

  private static final int WIDTH = 30;
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private long total;
  private long begun;
  private long shown;

  ProgressLine(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.shown = begun - EVERY_NANOS;
  }

  /** On a terminal a line, else nothing. */
  static Progress onTerminal(PrintWriter out) {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? new ProgressLine(out, System::nanoTime)
        : Progress.SILENT;
  }

  @Override
  public void total(long entries) {
    total = entries;
    begun = nanoTime.getAsLong();
  }

  @Override
  public void reached(long entries, long findings) {
    long now = nanoTime.getAsLong();
    boolean done = entries >= total;
    if (now - shown < EVERY_NANOS && !done) {
      return;
    }
    shown = now;
    double seconds = Math.max(1e-3, (now - begun) / 1e9);
    double rate = entries / seconds;
    int filled = total == 0 ? WIDTH : (int) (WIDTH * Math.min(entries, total) / total);
    out.print(
        "\r[%s%s] %,d of %,d  %,.0f/s  %s%s "
            .formatted(
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                entries,
                Math.max(entries, total),
                rate,
                done ? "done" : "%.0f s left".formatted((total - entries) / Math.max(rate, 1e-3)),
                findings == 0 ? "" : "  %,d findings".formatted(findings)));
    if (done) {
      out.println();
    }
    out.flush();
  }
}
