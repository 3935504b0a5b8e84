package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.Locale;

/**
 * Commits take long, as on a disk that flushes slowly: PostgreSQL itself waits before each flush
 * ({@code commit_delay}, with {@code commit_siblings} 0), or the proxy holds the answers of commits
 * back. One notification a commit would be 1 / delay a second; group commit has to carry several
 * times that.
 *
 * @param inServer whether PostgreSQL waits, else the proxy
 * @param delay of each commit
 */
record SlowFlush(ProxyLine line, int nodes, boolean inServer, Duration delay)
    implements ThroughProxy {

  private static final int SENDERS = 32;

  /** With as many senders as this times four. */
  private static final double LEAST_GAIN = 4;

  private static final long MOST_GROWTH = 200L << 20;

  @Override
  public String name() {
    return inServer ? "slow-flush" : "slow-answer";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    long memory = memory(site);
    load.begin(SENDERS, 0);
    Moments.growth(load::acknowledged, SENDERS);
    slow(site, true);
    Moments.growth(load::acknowledged, SENDERS); // those under way when it began
    double batches = Metrics.sum(site, "countersign_inbox_commit_seconds_count");
    long start = System.nanoTime();
    long before = load.acknowledged();
    Thread.sleep(effort.phase().multipliedBy(effort.rounds())); // a rate is measured over a time
    double seconds = (System.nanoTime() - start) / 1e9;
    long acknowledged = load.acknowledged() - before;
    double commits = Metrics.sum(site, "countersign_inbox_commit_seconds_count") - batches;
    slow(site, false);
    Moments.growth(load::acknowledged, SENDERS);
    load.end().tell(report);
    double rate = acknowledged / seconds;
    double one = 1e3 / delay.toMillis() * nodes;
    report.line(
        "commits take %d ms more: %.0f acknowledged a second, %.1f times one a commit; %.1f a commit",
        delay.toMillis(), rate, rate / one, acknowledged / Math.max(1, commits));
    report.figure(
        "acknowledged a second, times 1/delay", String.format(Locale.ROOT, "%.1f", rate / one));
    long grown = memory(site) - memory;
    report.figure("resident memory grew by, MB", grown >> 20);
    if (rate < LEAST_GAIN * one) {
      throw new AssertionError("%.1f a second is no group commit".formatted(rate));
    }
    if (grown > MOST_GROWTH * nodes) {
      throw new AssertionError("memory grew by %d MB".formatted(grown >> 20));
    }
  }

  private void slow(Site site, boolean on) throws Exception {
    if (!inServer) {
      proxy().holdCommits(on ? delay : Duration.ZERO);
      return;
    }
    if (on) {
      site.postgres().set("commit_siblings", "0");
      site.postgres().set("commit_delay", Long.toString(delay.toNanos() / 1_000));
      site.postgres().reload("commit_delay", Long.toString(delay.toNanos() / 1_000));
    } else {
      site.postgres().reset("commit_siblings");
      site.postgres().reset("commit_delay");
      site.postgres().reload("commit_delay", "0");
    }
  }

  private static long memory(Site site) throws Exception {
    long sum = 0;
    for (Node node : site.nodes()) {
      sum += node.server().residentBytes();
    }
    return sum;
  }
}
