package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.Locale;

/**
 * The database is far away: each message takes so long, each way. Whatever takes one round trip for
 * many notifications keeps its rate.
 *
 * @param eachWay added in both directions
 */
record Latency(ProxyLine line, int nodes, Duration eachWay) implements ThroughProxy {

  private static final int SENDERS = 32;

  /** Acknowledged a second, times the time of a round trip. */
  private static final double LEAST_GAIN = 2;

  @Override
  public String name() {
    return "latency-" + eachWay.toMillis();
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    load.begin(SENDERS, 0);
    Moments.growth(load::acknowledged, SENDERS);
    proxy().addLatency(eachWay);
    try {
      Moments.growth(load::acknowledged, SENDERS);
      long start = System.nanoTime();
      long before = load.acknowledged();
      Thread.sleep(effort.phase().multipliedBy(effort.rounds())); // a rate is measured over a time
      double rate = (load.acknowledged() - before) * 1e9 / (System.nanoTime() - start);
      double gain = rate * eachWay.multipliedBy(2).toMillis() / 1e3;
      report.figure("acknowledged a second", Math.round(rate));
      report.figure("  for each round trip", String.format(Locale.ROOT, "%.1f", gain));
      if (gain < LEAST_GAIN) {
        throw new AssertionError("only %.1f acknowledged for each round trip".formatted(gain));
      }
    } finally {
      proxy().addLatency(Duration.ZERO);
    }
    load.end();
  }
}
