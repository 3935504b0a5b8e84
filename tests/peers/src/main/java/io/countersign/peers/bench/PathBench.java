package io.countersign.peers.bench;

import io.countersign.peers.load.Corpus;
import io.countersign.peers.load.OpenItems;
import io.countersign.peers.load.Senders;
import io.countersign.peers.load.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The whole path of a webhook, contestant after contestant, round after round. */
final class PathBench {

  /** Connections of the open loops. */
  private static final int OPEN_SENDERS = 64;

  private static final int WARM_UP_SENDERS = 16;
  private static final int KILL_SENDERS = 32;

  private final Plan plan;
  private final Path root;
  private final Path scratch;
  private final MeasuredPostgres postgres;
  private final Corpus corpus;
  private final Results results;

  PathBench(Plan plan, Path root, Path scratch, MeasuredPostgres postgres, Results results) {
    this.plan = plan;
    this.root = root;
    this.scratch = scratch;
    this.postgres = postgres;
    this.results = results;
    this.corpus = new Corpus(plan.workItems());
  }

  static String closed(int senders) {
    return senders + " senders";
  }

  static String open(int rate) {
    return rate + "/s";
  }

  static final String START = "start";
  static final String KILL = "kill -9";

  /** Runs all of it. */
  void run() throws Exception {
    corpus.prepare(corpus.items());
    if (plan.contestants().contains(Contestant.COUNTERSIGN)) {
      startOnce();
    }
    results.note("bodies: %,d bytes on average".formatted(corpus.meanBytes()));
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contestant contestant : plan.contestants()) {
        turn(contestant, round);
      }
    }
  }

  /** What the launcher does once after each build is no part of anybody's start. */
  private void startOnce() throws Exception {
    postgres.create(Contestant.COUNTERSIGN.database());
    RunningContestant.start(
            Contestant.COUNTERSIGN, root, postgres, Files.createTempDirectory(scratch, "once"))
        .close();
    postgres.drop(Contestant.COUNTERSIGN.database());
  }

  private void turn(Contestant contestant, int round) throws Exception {
    postgres.create(contestant.database());
    Path files = scratch.resolve("round-" + round);
    try (var running = RunningContestant.start(contestant, root, postgres, files)) {
      new Turn(contestant, round, running, files).run();
    } finally {
      postgres.drop(contestant.database());
    }
  }

  private final class Turn {

    private final Contestant contestant;
    private final int round;
    private final RunningContestant running;
    private final Path files;
    private final Senders senders;
    private final Phase phase;
    private long accepted;

    Turn(Contestant contestant, int round, RunningContestant running, Path files) {
      this.contestant = contestant;
      this.round = round;
      this.running = running;
      this.files = files;
      this.senders = new Senders(running.port(), running.secret(), corpus, new OpenItems(corpus));
      this.phase = new Phase(contestant, running, postgres);
    }

    void run() throws Exception {
      var start = new TreeMap<String, Double>();
      start.put("start s", running.startUp().toMillis() / 1e3);
      start.put("rss idle mb", (double) running.residentMegabytes());
      measure("warm-up", () -> senders.closedLoop(WARM_UP_SENDERS, plan.warmUp()));
      postgres.analyze(contestant.database());
      for (int each : plan.senders()) {
        measure(closed(each), () -> senders.closedLoop(each, plan.level()));
      }
      for (int rate : plan.rates()) {
        measure(open(rate), () -> senders.openLoop(OPEN_SENDERS, rate, plan.rateSeconds()));
      }
      start.put("rss loaded mb", (double) running.residentMegabytes());
      results.add(new Row(contestant, START, round, start));
      if (round == plan.rounds()) {
        results.add(new Row(contestant, KILL, round, kill()));
      }
    }

    private void measure(String load, Phase.Load what) throws Exception {
      Map<String, Double> values = phase.run(accepted, what);
      accepted += values.getOrDefault("accepted", 0.0).longValue();
      results.add(new Row(contestant, load, round, values));
    }

    /** Kills engine and database under load; what was acknowledged has to be there afterwards. */
    private Map<String, Double> kill() throws Exception {
      List<Sent> sent = killed();
      if (contestant.answersEarly()) {
        try (var again = RunningContestant.start(contestant, root, postgres, files)) {
          var afterwards = new Phase(contestant, again, postgres);
          afterwards.settle(Sql.number(postgres, contestant.database(), contestant.received()));
        }
      }
      var durable = Sql.moments(postgres, contestant.database(), contestant.durable());
      var missing = new int[1];
      sent.forEach(
          each -> each.forEach((id, _, _) -> missing[0] += durable.containsKey(id) ? 0 : 1));
      var values = new TreeMap<String, Double>();
      values.put("acknowledged", (double) Phase.accepted(sent));
      values.put("missing", (double) missing[0]);
      return values;
    }

    private List<Sent> killed() throws InterruptedException, IOException, ExecutionException {
      Callable<List<Sent>> load = () -> senders.closedLoop(KILL_SENDERS, plan.killAfter() + 10);
      try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
        Future<List<Sent>> sending = thread.submit(load);
        TimeUnit.MILLISECONDS.sleep((long) (plan.killAfter() * 1_000));
        running.kill();
        postgres.kill();
        List<Sent> sent = new ArrayList<>(sending.get());
        postgres.startAgain();
        return sent;
      }
    }
  }
}
