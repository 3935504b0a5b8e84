package io.countersign.benchmarks.wholepath;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * More than the machine can take: finds out what it can take, sends so many times that for minutes
 * as Azure DevOps does (each notification again after 1, 2, 4, 8, 16, 32, 60, 60 seconds, then
 * given up), stops, and waits until the delay is normal again.
 */
public final class OverloadRun {

  private static final int CAPACITY_SECONDS = Integer.getInteger("capacity", 60);
  private static final int MAX_WAIT_SECONDS = 30;
  private static final int MARGIN_SECONDS = 10;
  private static final int RESIDENT_MEGABYTES = 1_024;
  private static final double NORMAL_MILLIS = 1_000;
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private OverloadRun() {}

  /** {@code [minutes] [factor]}. Exit code 0 when everything stays bounded. */
  public static void main(String[] args) throws Exception {
    double minutes = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    double factor = args.length > 1 ? Double.parseDouble(args[1]) : 3;
    boolean holds;
    try (var server = ServerUnderLoad.start();
        var load = new Load(server);
        var handled = new Handled(server);
        var visible = new Visibility(server)) {
      double capacity = capacity(load, handled, visible);
      System.out.printf("capacity: %,.0f deliveries/s handled and visible%n", capacity);
      holds = overload(server, load, handled, visible, capacity, factor, minutes);
    }
    System.out.println(holds ? "HOLDS" : "DOES NOT HOLD");
    System.exit(holds ? 0 : 1);
  }

  private static double capacity(Load load, Handled handled, Visibility visible) throws Exception {
    load.closed(load.senders(32, 20_000), 15, visible);
    handled.awaitAll(visible);
    List<Sender> senders = load.senders(32, CAPACITY_SECONDS * 2_000);
    long before = load.totals.accepted.sum();
    long start = System.nanoTime();
    load.closed(senders, CAPACITY_SECONDS, visible);
    handled.awaitAll(visible);
    return (load.totals.accepted.sum() - before) / ((System.nanoTime() - start) / 1e9);
  }

  private static boolean overload(
      ServerUnderLoad server,
      Load load,
      Handled handled,
      Visibility visible,
      double capacity,
      double factor,
      double minutes)
      throws Exception {
    visible.reset();
    int seconds = (int) (minutes * 60);
    var sender = new PatientSenders(server, load, visible, capacity * factor);
    var over = new AtomicBoolean();
    var peak = new long[2];
    Thread watch =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    watch(server, handled, visible, sender, over, peak);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    long taken = load.totals.accepted.sum();
    sender.run(seconds);
    double rate = (load.totals.accepted.sum() - taken) / (double) seconds;
    over.set(true);
    watch.join();
    double recovered = recovery(handled, visible);
    Histogram delay = visible.measured();
    double p99 = delay.getValueAtPercentile(99) / 1e6;
    System.out.printf(
        "sent %,d notifications (%,.0f/s), %,d tries: %,d taken (%,.0f/s), %,d times 503 (%.0f %%), %,d given up, %,d other%n",
        sender.notifications(),
        capacity * factor,
        sender.tries(),
        sender.taken(),
        rate,
        sender.refused(),
        100.0 * sender.refused() / Math.max(1, sender.tries()),
        sender.givenUp(),
        sender.other());
    System.out.printf(
        "acknowledged to visible: p50 %.2f s, p99 %.2f s, max %.2f s (at most %d s at p99)%n",
        delay.getValueAtPercentile(50) / 1e6,
        p99,
        delay.getMaxValue() / 1e6,
        MAX_WAIT_SECONDS + MARGIN_SECONDS);
    System.out.printf(
        "highest backlog %,d; resident memory %,d MB at most (under %,d)%n",
        peak[0], server.residentMegabytes(true), RESIDENT_MEGABYTES);
    System.out.printf(
        "visible within a second again %.1f s after the last was sent (at most %d s)%n",
        recovered, RECOVERY.toSeconds());
    return p99 <= MAX_WAIT_SECONDS + MARGIN_SECONDS
        && server.residentMegabytes(true) < RESIDENT_MEGABYTES
        && recovered <= RECOVERY.toSeconds()
        && sender.other() == 0
        && sender.taken() > 0;
  }

  private static void watch(
      ServerUnderLoad server,
      Handled handled,
      Visibility visible,
      PatientSenders sender,
      AtomicBoolean over,
      long[] peak)
      throws Exception {
    long taken = 0;
    long refused = 0;
    for (int second = 0; !over.get(); second++) {
      Thread.sleep(1_000);
      long waiting = handled.waiting();
      peak[0] = Math.max(peak[0], waiting);
      if (second % 10 == 9) {
        System.out.printf(
            "  %4d s  taken %,6.0f/s  503 %,6.0f/s  waiting %,7d  last visible after %7.2f s  RSS %,d MB%n",
            second + 1,
            (sender.taken() - taken) / 10.0,
            (sender.refused() - refused) / 10.0,
            waiting,
            visible.lastMillis() / 1e3,
            server.residentMegabytes(false));
        taken = sender.taken();
        refused = sender.refused();
      }
    }
  }

  /** Seconds until what is acknowledged becomes visible at once. */
  private static double recovery(Handled handled, Visibility visible) throws Exception {
    long start = System.nanoTime();
    while (handled.waiting() > 0 || visible.outstanding() > 0) {
      if (System.nanoTime() - start > 10 * RECOVERY.toNanos()) {
        break;
      }
      Thread.sleep(50);
    }
    return Math.max(0, (System.nanoTime() - start) / 1e9 - NORMAL_MILLIS / 1e3);
  }
}
