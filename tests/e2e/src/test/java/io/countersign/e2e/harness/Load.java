package io.countersign.e2e.harness;

import io.countersign.sandbox.traffic.TrafficMix;
import io.countersign.sandbox.traffic.TrafficPlan;
import io.countersign.sandbox.traffic.TrafficRun;
import io.countersign.sandbox.traffic.TrafficSummary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Traffic of a test, with one ledger for each run of it. */
public final class Load implements AutoCloseable {

  /** Eight tries within 45 s instead of three minutes: longer than any outage made here. */
  private static final double SPEED_UP = 4;

  /** Within 12 s: an outage of the short forms lasts half of it, and other nodes take over. */
  private static final double SHORT_SPEED_UP = 15;

  private static final Duration LONG_ENOUGH = Duration.ofHours(4);
  private static final int WORK_ITEMS = 40;

  private final Site site;
  private final long seed;
  private final double pace;
  private final double speedUp;
  private final List<Path> ledgers = new ArrayList<>();
  private final List<TrafficRun> running = new ArrayList<>();
  private final List<TrafficSummary> summaries = new ArrayList<>();

  /** Nothing is sent yet. */
  public Load(Site site, long seed) {
    this(site, seed, 1, SPEED_UP);
  }

  private Load(Site site, long seed, double pace, double speedUp) {
    this.site = site;
    this.seed = seed;
    this.pace = pace;
    this.speedUp = speedUp;
  }

  /**
   * For short forms, where the machine is left to nodes that start and retries come sooner.
   *
   * @param pace rates are multiplied by it
   */
  public static Load small(Site site, long seed, double pace) {
    return new Load(site, seed, pace, SHORT_SPEED_UP);
  }

  /** Sends to all nodes in turn. */
  public TrafficRun begin(int senders, double rate) throws IOException {
    return begin(senders, rate, site.uris());
  }

  /**
   * Sends until {@link #end()}.
   *
   * @param rate notifications a second at pace 1; 0: as fast as answers come
   * @param servers taken in turn
   */
  public TrafficRun begin(int senders, double rate, List<URI> servers) throws IOException {
    return begin(senders, rate, servers, TrafficMix.realistic());
  }

  /** The same with another mix. */
  public TrafficRun begin(int senders, double rate, List<URI> servers, TrafficMix mix)
      throws IOException {
    long number = seed * 1_000 + ledgers.size();
    Path ledger = site.scratch().resolve("ledger-%d.jsonl".formatted(number));
    var plan =
        new TrafficPlan(number, WORK_ITEMS, senders, rate * pace, LONG_ENOUGH, mix).spedUp(speedUp);
    TrafficRun run = TrafficRun.start(plan, servers, site.secret(), ledger);
    ledgers.add(ledger);
    running.add(run);
    return run;
  }

  /** Acknowledged so far by all runs. */
  public long acknowledged() {
    return running.stream().mapToLong(TrafficRun::acknowledged).sum()
        + summaries.stream().mapToLong(TrafficSummary::acknowledged).sum();
  }

  /** Stops the runs under way and gives the sum of what became of them, not of earlier ones. */
  public Totals end() throws InterruptedException {
    int earlier = summaries.size();
    for (TrafficRun run : running) {
      summaries.add(run.stop());
    }
    running.clear();
    return Totals.of(summaries.subList(earlier, summaries.size()));
  }

  /** What became of all runs that were stopped. */
  public Totals totals() {
    return Totals.of(summaries);
  }

  /** The ledgers of all runs. */
  public List<Path> ledgers() {
    return List.copyOf(ledgers);
  }

  @Override
  public void close() {
    running.forEach(TrafficRun::close);
    running.clear();
  }

  /**
   * What became of all notifications.
   *
   * @param recognized of the acknowledged, those the server said it knew
   * @param unavailable answers 408, 502, 503 or 504
   * @param noAnswer attempts without any answer
   * @param givenUp notifications no attempt brought through
   * @param probation answers that would have put the subscription on probation
   */
  public record Totals(
      long acknowledged,
      long recognized,
      long unavailable,
      long noAnswer,
      long givenUp,
      long probation) {

    static Totals of(List<TrafficSummary> all) {
      return new Totals(
          all.stream().mapToLong(TrafficSummary::acknowledged).sum(),
          all.stream().mapToLong(TrafficSummary::duplicates).sum(),
          all.stream().mapToLong(TrafficSummary::unavailable).sum(),
          all.stream().mapToLong(TrafficSummary::noAnswer).sum(),
          all.stream().mapToLong(TrafficSummary::givenUp).sum(),
          all.stream().mapToLong(summary -> summary.wouldBeProbation().size()).sum());
    }

    /** Writes them down. */
    public void tell(Report report) {
      report.figure("notifications acknowledged", acknowledged);
      report.figure("answers 503", unavailable);
      report.figure("attempts without an answer", noAnswer);
      report.figure("answers that would mean probation", probation);
    }
  }
}
