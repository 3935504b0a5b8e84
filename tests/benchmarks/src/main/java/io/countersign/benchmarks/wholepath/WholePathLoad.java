package io.countersign.benchmarks.wholepath;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The whole path of a webhook, through the packaged program: taken, durable, handled, in the log,
 * visible in the read model. {@code max}: as fast as answers come; a number: that many a second,
 * open loop.
 */
public final class WholePathLoad {

  private static final int WARM_UP_SECONDS = Integer.getInteger("warm.up", 15);
  private static final int SENDERS = Integer.getInteger("senders", 64);
  private static final int COUNTED = Integer.getInteger("counted", 2_000);

  /** More than any machine of today takes in a second. */
  private static final int MOST = 6_000;

  private WholePathLoad() {}

  /** {@code [rate|max] [seconds]}. */
  public static void main(String[] args) throws Exception {
    boolean max = args.length == 0 || args[0].equals("max");
    double rate = max ? MOST : Double.parseDouble(args[0]);
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    try (var server = ServerUnderLoad.start();
        var load = new Load(server);
        var handled = new Handled(server);
        var visible = new Visibility(server)) {
      warmUp(load, handled, visible, rate);
      measure(server, load, handled, visible, max, rate, seconds);
      count(server, load, handled, visible);
      System.out.printf(
          "resident memory of the JVM: %,d MB now, %,d MB at most%n",
          server.residentMegabytes(false), server.residentMegabytes(true));
    }
    System.exit(0);
  }

  private static void warmUp(Load load, Handled handled, Visibility visible, double rate)
      throws Exception {
    int notifications = (int) (Math.min(rate, 2_000) * WARM_UP_SECONDS);
    load.closed(load.senders(32, notifications), WARM_UP_SECONDS, visible);
    handled.awaitAll(visible);
    visible.reset();
    load.totals.answerMicros.reset();
  }

  private static void measure(
      ServerUnderLoad server,
      Load load,
      Handled handled,
      Visibility visible,
      boolean max,
      double rate,
      int seconds)
      throws Exception {
    List<Sender> senders = load.senders(SENDERS, (int) (rate * seconds * 1.2));
    long accepted = load.totals.accepted.sum();
    long refused = load.totals.refused.sum();
    long wal = handled.wal();
    long commits = handled.commits();
    long flushes = handled.flushes();
    ServerUnderLoad.Cpu before = server.cpu();
    long start = System.nanoTime();
    if (max) {
      load.closed(senders, seconds, visible);
    } else {
      load.open(senders, rate, seconds, visible);
    }
    double sent = (System.nanoTime() - start) / 1e9;
    long backlog = handled.waiting();
    handled.awaitAll(visible);
    double all = (System.nanoTime() - start) / 1e9;
    ServerUnderLoad.Cpu used = server.cpu().minus(before);
    double n = load.totals.accepted.sum() - accepted;
    System.out.printf(
        "%,.0f deliveries of %d senders, %s%n",
        n, SENDERS, max ? "as fast as answers came" : rate + " a second");
    System.out.printf(
        "taken    %,7.0f/s, %d refused, %d failed; %,d waited when the last was taken%n",
        n / sent, load.totals.refused.sum() - refused, load.totals.failed.sum(), backlog);
    System.out.printf("handled  %,7.0f/s, from the first sent until all were visible%n", n / all);
    System.out.printf(
        "CPU      %7.3f ms a delivery: JVM %.3f, PostgreSQL %.3f (%.2f cores)%n",
        (used.jvm() + used.postgres()) / n,
        used.jvm() / n,
        used.postgres() / n,
        (used.jvm() + used.postgres()) / 1000 / all);
    // statistics of other sessions come a little late
    Thread.sleep(1_500);
    System.out.printf(
        "WAL      %,7.0f bytes, %.2f transactions, %.3f flushes a delivery%n",
        (handled.wal() - wal) / n,
        (handled.commits() - commits) / n,
        (handled.flushes() - flushes) / n);
    print("answered      ", load.totals.answerMicros);
    print("ack to visible", visible.measured());
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        "%s n %,8d  p50 %8.2f  p95 %8.2f  p99 %8.2f  p99.9 %8.2f  max %8.2f ms%n",
        what,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(95) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private static void count(ServerUnderLoad server, Load load, Handled handled, Visibility visible)
      throws Exception {
    List<Sender> senders = load.senders(32, COUNTED);
    var statements = new Statements(server);
    statements.start();
    long accepted = load.totals.accepted.sum();
    load.closed(senders, 600, visible);
    handled.awaitAll(visible);
    double n = load.totals.accepted.sum() - accepted;
    Map<String, Integer> counts = statements.stop();
    // the two of this program
    counts
        .keySet()
        .removeIf(
            sql ->
                sql.contains("as t(work_item, delivery)")
                    || sql.contains("count(*) from inbox.pending"));
    double total = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("statements: %.2f a delivery (%,.0f deliveries)%n", total / n, n);
    counts.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue(), a.getValue()))
        .limit(Integer.getInteger("statements", 25))
        .forEach(one -> System.out.printf("  %6.3f  %s%n", one.getValue() / n, one.getKey()));
  }
}
