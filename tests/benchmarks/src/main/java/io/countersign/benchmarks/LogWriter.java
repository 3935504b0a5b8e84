package io.countersign.benchmarks;

import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A node as a process of its own, made to be killed. Each thread sends one command after the other
 * and the same one again until it is answered with success; then the ledger has it. Goes on where
 * the ledger ends. Stops when its standard input ends.
 */
public final class LogWriter {

  private static final long LONGEST_PAUSE_NANOS = 200_000_000;

  private final Orders orders;
  private final Ledger ledger;
  private final CounterNode node;
  private volatile boolean stopping;
  private volatile boolean refused;

  private LogWriter(Orders orders, Ledger ledger, CounterNode node) {
    this.orders = orders;
    this.ledger = ledger;
    this.node = node;
  }

  /**
   * What a writer is to do.
   *
   * @param url of the database
   * @param ledger file
   * @param writer number of this one
   * @param threads that send commands
   * @param sharedPercent how many of a hundred commands go to aggregates of all writers
   */
  record Orders(String url, Path ledger, int writer, int threads, int sharedPercent) {

    String[] words() {
      return new String[] {
        url,
        ledger.toString(),
        Integer.toString(writer),
        Integer.toString(threads),
        Integer.toString(sharedPercent)
      };
    }

    static Orders of(String[] words) {
      return new Orders(
          words[0],
          Path.of(words[1]),
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          Integer.parseInt(words[4]));
    }
  }

  /** Takes {@link Orders} as arguments. Exit code 0, or 3 when a command was refused for good. */
  public static void main(String[] args) throws Exception {
    Orders orders = Orders.of(args);
    Turn[] next = Ledger.next(orders.ledger(), orders.writer(), orders.threads());
    try (var ledger = Ledger.append(orders.ledger());
        CounterNode node = startNode(orders)) {
      var writer = new LogWriter(orders, ledger, node);
      writer.run(next);
      if (writer.refused) {
        System.exit(3);
      }
    }
  }

  private static CounterNode startNode(Orders orders) throws IOException {
    while (true) {
      try {
        return CounterNode.start(new DatabaseAddress(orders.url(), "postgres", "postgres"));
      } catch (RuntimeException e) {
        System.err.println("the node does not start yet: " + e.getMessage());
        if (System.in.available() < 0) {
          throw e;
        }
        LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
      }
    }
  }

  private void run(Turn[] next) throws Exception {
    var threads = new Thread[next.length];
    for (int i = 0; i < next.length; i++) {
      Turn first = next[i];
      threads[i] = Thread.ofPlatform().name("writer-" + i).start(() -> write(first));
    }
    while (System.in.read() >= 0) {
      // nothing is said, only the end counts
    }
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void write(Turn first) {
    for (Turn turn = first; !stopping; turn = turn.next()) {
      long start = System.nanoTime();
      long pause = 1_000_000;
      while (true) {
        try {
          long sequence = node.send(turn, orders.sharedPercent());
          ledger.acknowledged(turn, sequence, (System.nanoTime() - start) / 1_000);
          break;
        } catch (EntryRefusedException e) {
          System.err.println("refused for good: " + turn + " " + e);
          refused = true;
          return;
        } catch (RuntimeException e) {
          if (stopping) {
            return;
          }
          LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
      }
    }
  }
}
