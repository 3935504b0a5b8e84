package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One writer is stopped with SIGSTOP while it appends: how long do the others wait? */
public final class StopCheck {

  /** The promise: no append of another node takes as long. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  private StopCheck() {}

  /** What happened: the longest append of the others in milliseconds, for each stop. */
  record Outcome(
      List<Double> longestOfOthers,
      List<Integer> eventsOfOthers,
      List<Integer> exitCodes,
      LogCheck.Result log) {

    boolean holds() {
      return longestOfOthers.stream().allMatch(millis -> millis < LIMIT.toMillis())
          && eventsOfOthers.stream().allMatch(events -> events > 0)
          && exitCodes.stream().allMatch(code -> code == 0)
          && log.violations().isEmpty();
    }
  }

  /**
   * Stops a random writer several times.
   *
   * @param stopped how long each time; longer than the limit, or a lock held would not show
   * @param warmUp events of each writer before the first stop
   */
  static Outcome run(
      Path directory, int stops, Duration stopped, int threads, long warmUp, long seed)
      throws IOException, InterruptedException {
    var random = new Random(seed);
    var longest = new ArrayList<Double>();
    var counts = new ArrayList<Integer>();
    try (var fleet = new Fleet(directory, 3, threads, 10)) {
      fleet.awaitAllWriting(warmUp);
      for (int i = 0; i < stops; i++) {
        int victim = random.nextInt(3);
        LockSupport.parkNanos(random.nextLong(500_000_000));
        fleet.acknowledged();
        fleet.writers().get(victim).stop();
        LockSupport.parkNanos(stopped.toNanos());
        long[] took = othersThan(victim, fleet);
        fleet.writers().get(victim).goOn();
        // whoever still waits for the stopped one is answered in what comes next
        LockSupport.parkNanos(500_000_000);
        long[] after = othersThan(victim, fleet);
        longest.add(Math.max(max(took), max(after)));
        counts.add(took.length);
      }
      return new Outcome(longest, counts, fleet.finish(), fleet.check());
    }
  }

  private static long[] othersThan(int victim, Fleet fleet) throws IOException {
    var took = new ArrayList<Long>();
    fleet.follow(
        line -> {
          if (line.turn().writer() != victim) {
            took.add(line.tookMicros());
          }
        });
    return took.stream().mapToLong(Long::longValue).toArray();
  }

  private static double max(long[] micros) {
    return micros.length == 0 ? 0 : new Percentiles(micros).maxMillis();
  }

  /** {@code [stops] [seconds of each] [seed]}. Exit code 0 when everything holds, else 1. */
  public static void main(String[] args) throws Exception {
    int stops = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    Path directory = Files.createTempDirectory("countersign-stop");
    Outcome outcome = run(directory, stops, Duration.ofSeconds(seconds), 12, 1_000, seed);
    System.out.printf("3 writers of 12 threads, one stopped for %d s, seed %d%n", seconds, seed);
    for (int i = 0; i < stops; i++) {
      System.out.printf(
          "stop %d: the others appended %,d events, the longest command took %.1f ms%n",
          i + 1, outcome.eventsOfOthers().get(i), outcome.longestOfOthers().get(i));
    }
    System.out.printf(
        "entries %,d, acknowledged %,d, violations %s%n",
        outcome.log().entries(), outcome.log().acknowledged(), outcome.log().violations());
    System.out.println(outcome.holds() ? "HOLDS" : "BROKEN; ledgers in " + directory);
    System.exit(outcome.holds() ? 0 : 1);
  }
}
