package io.countersign.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers on one log, killed with SIGKILL at random moments and started again, the server too; then
 * the log is held against everything the writers were promised.
 */
public final class CrashCheck {

  /** How often a long run says that it still runs. */
  private static final Duration WORD_EVERY = Duration.ofMinutes(1);

  private CrashCheck() {}

  /**
   * How hard.
   *
   * @param events to be acknowledged
   * @param atMost end earlier when this time is up
   * @param writers processes
   * @param threads of each
   * @param betweenKills acknowledged events between two kills, on average
   * @param postgresEvery each n-th kill hits PostgreSQL; 0: none
   * @param seed of the random moments
   */
  record Plan(
      long events,
      Duration atMost,
      int writers,
      int threads,
      long betweenKills,
      int postgresEvery,
      long seed) {}

  /** What happened and what was found. */
  record Outcome(
      int writersKilled,
      int postgresKilled,
      double seconds,
      List<Integer> exitCodes,
      List<String> tail,
      LogCheck.Result log) {

    boolean holds() {
      return log.violations().isEmpty()
          && tail.isEmpty()
          && exitCodes.stream().allMatch(code -> code == 0);
    }
  }

  static Outcome run(Path directory, Plan plan) throws IOException, InterruptedException {
    var random = new Random(plan.seed());
    try (var fleet = new Fleet(directory, plan.writers(), plan.threads(), 10);
        var tail = new LiveTail(fleet.address())) {
      fleet.awaitAllWriting(1);
      long start = System.nanoTime();
      int writersKilled = 0;
      int postgresKilled = 0;
      long done = fleet.acknowledged();
      long nextWord = start;
      while (done < plan.events() && System.nanoTime() - start < plan.atMost().toNanos()) {
        long due = done + plan.betweenKills() / 2 + random.nextLong(plan.betweenKills());
        done = awaitEvents(fleet, Math.min(due, plan.events()), start + plan.atMost().toNanos());
        LockSupport.parkNanos(random.nextLong(20_000_000)); // not always just after an answer
        int kill = writersKilled + postgresKilled + 1;
        if (System.nanoTime() - nextWord > WORD_EVERY.toNanos()) {
          nextWord = System.nanoTime();
          System.err.printf(
              "%,d s, %,d events acknowledged, kill %d%n",
              Duration.ofNanos(nextWord - start).toSeconds(), done, kill);
        }
        if (plan.postgresEvery() > 0 && kill % plan.postgresEvery() == 0) {
          fleet.postgres().killAndRestart();
          postgresKilled++;
        } else {
          fleet.writers().get(random.nextInt(plan.writers())).killAndRestart();
          writersKilled++;
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      List<Integer> codes = fleet.finish();
      LogCheck.Result log = fleet.check();
      tail.awaitEnd(log.entries());
      return new Outcome(writersKilled, postgresKilled, seconds, codes, tail.violations(), log);
    }
  }

  private static long awaitEvents(Fleet fleet, long events, long end) throws IOException {
    long done = fleet.acknowledged();
    while (done < events && System.nanoTime() < end) {
      LockSupport.parkNanos(2_000_000);
      done = fleet.acknowledged();
    }
    return done;
  }

  /** The most that any part of the heap held at once, in bytes: the ledgers are streamed. */
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  /**
   * {@code [events] [at most seconds] [seed] [each n-th kill hits PostgreSQL]}. Exit code 0 when
   * everything holds, else 1.
   */
  public static void main(String[] args) throws Exception {
    var numbers = new long[] {1_000_000, 3_600, 1, 8};
    for (int i = 0; i < args.length; i++) {
      numbers[i] = Long.parseLong(args[i].replace("_", ""));
    }
    var plan =
        new Plan(
            numbers[0],
            Duration.ofSeconds(numbers[1]),
            3,
            12,
            12_000,
            (int) numbers[3],
            numbers[2]);
    System.out.println(plan);
    Path directory = Files.createTempDirectory("countersign-crash");
    Outcome outcome = run(directory, plan);
    LogCheck.Result log = outcome.log();
    System.out.printf(
        """
        writers killed with SIGKILL          %,12d
        PostgreSQL killed with SIGKILL       %,12d
        seconds under fire                   %,12.0f
        entries in the log                   %,12d
        commands                             %,12d
        aggregates                           %,12d
        events acknowledged                  %,12d
          of them recognized by a second try %,12d
        events stored, never acknowledged    %,12d
        MB the checker held                  %,12d
        exit codes of the writers            %12s
        violations seen by the live tails    %,12d
        violations                           %,12d
        """,
        outcome.writersKilled(),
        outcome.postgresKilled(),
        outcome.seconds(),
        log.entries(),
        log.commands(),
        log.aggregates(),
        log.acknowledged(),
        log.recognized(),
        log.unanswered(),
        heapPeak() >> 20,
        outcome.exitCodes(),
        outcome.tail().size(),
        log.violations().size());
    outcome.tail().forEach(System.out::println);
    log.violations().forEach(System.out::println);
    System.out.println(outcome.holds() ? "HOLDS" : "BROKEN; ledgers in " + directory);
    System.exit(outcome.holds() ? 0 : 1);
  }
}
