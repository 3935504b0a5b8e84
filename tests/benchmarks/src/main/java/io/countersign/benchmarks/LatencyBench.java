package io.countersign.benchmarks;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.database.DatabaseAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * From a command to its event's projection, at a fixed rate of commands. Each is timed from the
 * moment it was due, so that waiting behind a slow one counts. Both nodes live in this process,
 * each with its own log, connections and LISTEN: what one appends reaches the other through
 * PostgreSQL.
 */
public final class LatencyBench {

  private static final int WARM_UP_SECONDS = 15;
  private static final int AGGREGATES = 100;

  private LatencyBench() {}

  /** {@code [commands a second] [seconds] [aggregates]}. */
  public static void main(String[] args) throws Exception {
    int rate = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    int aggregates = args.length > 2 ? Integer.parseInt(args[2]) : AGGREGATES;
    System.out.printf(
        "%d commands/s to %d aggregates for %d s after %d s of warm-up%n",
        rate, aggregates, seconds, WARM_UP_SECONDS);
    Path directory = Files.createTempDirectory("countersign-latency");
    KillablePostgres postgres = KillablePostgres.start(directory);
    try {
      oneNode(postgres.newLog("one"), rate, seconds, aggregates);
      twoNodes(postgres.newLog("two"), rate, seconds, aggregates);
    } finally {
      postgres.close();
    }
    System.exit(0);
  }

  private static void oneNode(DatabaseAddress address, int rate, int seconds, int aggregates)
      throws Exception {
    try (CounterNode node = CounterNode.start(address);
        var handled =
            new TimedProjection(
                address, node.log(), rate * (WARM_UP_SECONDS + seconds), aggregates)) {
      measure("one node", node, handled, rate, seconds);
    }
  }

  private static void twoNodes(DatabaseAddress address, int rate, int seconds, int aggregates)
      throws Exception {
    try (var pool = CounterNode.pool(address);
        CounterNode appending = CounterNode.start(address);
        EventLog other = CounterNode.log(address, pool);
        var handled =
            new TimedProjection(address, other, rate * (WARM_UP_SECONDS + seconds), aggregates)) {
      measure("two nodes", appending, handled, rate, seconds);
    }
  }

  private static void measure(
      String name, CounterNode node, TimedProjection handled, int rate, int seconds)
      throws Exception {
    int first = rate * WARM_UP_SECONDS;
    int count = first + rate * seconds;
    var due = new long[count];
    var answered = new long[count];
    try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
      List<Future<?>> sent = new ArrayList<>();
      long start = System.nanoTime() + 100_000_000;
      for (int i = 0; i < count; i++) {
        int number = i;
        due[i] = start + number * 1_000_000_000L / rate;
        while (System.nanoTime() < due[i]) {
          LockSupport.parkNanos(due[i] - System.nanoTime());
        }
        sent.add(
            senders.submit(
                () -> {
                  node.send(handled.turn(number), 0);
                  answered[number] = System.nanoTime();
                }));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
    handled.await(count, Duration.ofSeconds(30));
    System.out.println(name);
    print("  to the command's answer     ", due, answered, first);
    print("  to the projection's handler ", due, handled.handled(), first);
    print("  to the projection's commit  ", due, handled.committed(), first);
    print("  from answer to handler      ", answered, handled.handled(), first);
  }

  /** A handler may be faster than the answer: that counts as zero. */
  private static void print(String what, long[] due, long[] then, int first) {
    var micros = new long[due.length - first];
    for (int i = first; i < due.length; i++) {
      micros[i - first] = Math.max(0, then[i] - due[i]) / 1_000;
    }
    System.out.println(what + new Percentiles(micros));
  }
}
