package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * PostgreSQL goes away under load and comes back: stopped as an operator stops it, and killed with
 * SIGKILL, in turn. The program stays, answers 503 meanwhile, and goes on by itself.
 *
 * @param nodes how many nodes are on it
 */
public record LostDatabase(int nodes) implements Fault {

  private static final int SENDERS = 8;
  private static final double RATE = 120;
  private static final int BEFORE_EACH = 40;

  /** Of one node in one outage. */
  private static final int MOST_LINES = 150;

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    var moments = new Moments(effort.seed());
    load.begin(SENDERS, RATE);
    Duration slowest = Duration.ZERO;
    long linesBefore = lines(site);
    for (int round = 1; round <= effort.rounds(); round++) {
      Moments.growth(load::acknowledged, BEFORE_EACH);
      moments.pass(effort.phase());
      boolean killed = round % 2 == 0;
      long before = load.acknowledged();
      long gone = System.nanoTime();
      if (killed) {
        site.postgres().killNine();
      } else {
        site.postgres().stopFast();
      }
      Outages.mustBeUnavailable(site);
      long during = load.acknowledged();
      Duration left = effort.outage().minusNanos(System.nanoTime() - gone);
      if (left.isPositive()) {
        Thread.sleep(left); // how long it is away is the point
      }
      Outages.mustBeUnavailable(site);
      if (load.acknowledged() > during) {
        throw new AssertionError("acknowledged without a database");
      }
      site.postgres().start();
      Duration ready = Outages.untilReady(site);
      slowest = ready.compareTo(slowest) > 0 ? ready : slowest;
      report.line(
          "outage %2d  %s: acknowledged before %,7d; ready %s after it was back",
          round, killed ? "SIGKILL" : "stopped", before, Report.seconds(ready));
    }
    Moments.growth(load::acknowledged, BEFORE_EACH);
    Load.Totals totals = load.end();
    report.figure("outages of PostgreSQL", effort.rounds());
    long logged = lines(site) - linesBefore;
    report.figure("lines that all nodes logged about them", logged);
    report.line("most often said: %s", often(site));
    report.figure("slowest until ready after it was back", slowest);
    if (totals.unavailable() == 0 || totals.noAnswer() > 0) {
      throw new AssertionError("meanwhile there must be 503 and nothing else: " + totals);
    }
    if (logged > (long) MOST_LINES * nodes * effort.rounds()) {
      throw new AssertionError(
          logged
              + " lines are more than anybody reads about an outage; most often: "
              + often(site));
    }
  }

  private static long lines(Site site) throws Exception {
    long lines = 0;
    for (Node node : site.nodes()) {
      lines += node.server().output().lines().count();
    }
    return lines;
  }

  /** What is said most often, without its numbers. */
  private static String often(Site site) throws Exception {
    Map<String, Long> shapes = new HashMap<>();
    for (Node node : site.nodes()) {
      node.server()
          .output()
          .lines()
          .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
          .map(line -> line.replaceAll("[0-9]+", "#"))
          .forEach(shape -> shapes.merge(shape, 1L, Long::sum));
    }
    return shapes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(10)
        .map(entry -> "\n" + entry.getValue() + " x " + entry.getKey())
        .collect(Collectors.joining());
  }
}
