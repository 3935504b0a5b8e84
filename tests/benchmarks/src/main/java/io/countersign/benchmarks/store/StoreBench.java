package io.countersign.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The event store beside others, on one PostgreSQL that flushes: commands of two events each, the
 * same ones for all. Ours carries the chain and the dense order in every figure.
 */
public final class StoreBench {

  private static final int WARM_WRITERS = 8;

  private StoreBench() {}

  /**
   * Takes what {@link StorePlan#of} takes. Exit code 1: under what must be reached, seen in full
   * rounds.
   */
  public static void main(String[] args) throws Exception {
    System.setProperty("axoniq.update-checker.disabled", "true");
    StorePlan plan = StorePlan.of(args);
    StoreAims aims;
    try (BenchPostgres postgres = BenchPostgres.start(plan.postgres())) {
      System.out.println(postgres.describe() + ", fsync on; two events a command");
      StoreTable table = run(plan, postgres);
      System.out.println();
      table.lines().forEach(System.out::println);
      aims = new StoreAims(table);
      System.out.println();
      aims.lines().forEach(System.out::println);
    }
    boolean judged = plan.rounds() >= StorePlan.LONG.rounds();
    System.exit(judged && !aims.reached() ? 1 : 0);
  }

  /** Measures. */
  static StoreTable run(StorePlan plan, BenchPostgres postgres) throws Exception {
    List<Competitor> competitors = competitors(postgres).stream().filter(plan::includes).toList();
    competitors.forEach(each -> System.out.println("  " + each.name() + ": " + each.about()));
    for (Competitor each : competitors) {
      if (each instanceof InProcess) {
        Duration share = plan.start().dividedBy(competitors.size());
        each.measure(WARM_WRITERS, share, Duration.ofMillis(100), Duration.ZERO);
      }
    }
    var table = new StoreTable();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (int writers : plan.writers()) {
        for (Competitor each : competitors) {
          Measured measured = each.measure(writers, plan.warmUp(), plan.time(), plan.openLoop());
          table.add(writers, each.name(), measured);
          write(plan.json(), StoreTable.json(round, writers, each.name(), measured));
        }
      }
    }
    return table;
  }

  private static List<Competitor> competitors(BenchPostgres postgres) throws IOException {
    List<Competitor> all = new ArrayList<>();
    all.add(new OurLog(postgres, 1));
    all.add(new OurLog(postgres, 2));
    all.add(new StockJdbc(postgres));
    ServiceLoader.load(CompetitorSource.class).forEach(each -> all.add(each.on(postgres)));
    all.add(new PlainInsert(postgres));
    Pgbench.find(postgres).ifPresent(all::add);
    return all;
  }

  private static void write(@org.jspecify.annotations.Nullable Path file, String line) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
