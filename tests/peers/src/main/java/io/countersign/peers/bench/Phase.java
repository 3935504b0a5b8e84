package io.countersign.peers.bench;

import io.countersign.peers.load.Clock;
import io.countersign.peers.load.Sent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One load on one contestant, from before the first request until everything has settled. */
final class Phase {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final Contestant contestant;
  private final RunningContestant running;
  private final MeasuredPostgres postgres;

  private record Used(Duration engine, Duration database, Duration driver, long wal, long at) {}

  /** What is sent. */
  interface Load {

    /** Sends. */
    List<Sent> send() throws InterruptedException;
  }

  Phase(Contestant contestant, RunningContestant running, MeasuredPostgres postgres) {
    this.contestant = contestant;
    this.running = running;
    this.postgres = postgres;
  }

  /**
   * Sends, waits, measures.
   *
   * @param before how many notifications were accepted before
   */
  Map<String, Double> run(long before, Load load)
      throws IOException, SQLException, InterruptedException {
    Used begin = used();
    List<Sent> sent = load.send();
    long sending = Clock.micros() - begin.at();
    long accepted = accepted(sent);
    if (accepted == 0) {
      throw new IllegalStateException(contestant.label() + " accepted nothing; see its log");
    }
    settle(before + accepted);
    Used end = used();
    var values = new TreeMap<String, Double>();
    values.put("accepted", (double) accepted);
    values.put("refused", sent.stream().mapToDouble(Sent::refused).sum());
    values.put("receipts/s", accepted / (sending / 1e6));
    values.put("engine cpu ms/op", millis(begin.engine(), end.engine()) / accepted);
    values.put("database cpu ms/op", millis(begin.database(), end.database()) / accepted);
    values.put("driver cpu ms/op", millis(begin.driver(), end.driver()) / accepted);
    values.put("wal bytes/op", (double) (end.wal() - begin.wal()) / accepted);
    values.put("rss mb", (double) running.residentMegabytes());
    times(sent, begin.at(), values);
    return values;
  }

  static long accepted(List<Sent> sent) {
    return sent.stream().mapToLong(Sent::count).sum();
  }

  private void times(List<Sent> sent, long begin, Map<String, Double> values) throws SQLException {
    Map<UUID, Long> durable = moments(contestant.durable());
    Map<UUID, Long> visible =
        contestant.visible().isEmpty() ? durable : moments(contestant.visible());
    var answer = new Histogram(LONGEST_MICROS, 3);
    var toDurable = new Histogram(LONGEST_MICROS, 3);
    var dueToDurable = new Histogram(LONGEST_MICROS, 3);
    var toVisible = new Histogram(LONGEST_MICROS, 3);
    var last = new long[] {begin + 1};
    var missing = new int[1];
    for (Sent each : sent) {
      each.forEach(
          (notification, due, answered) -> {
            Long kept = durable.get(notification);
            Long seen = visible.get(notification);
            if (kept == null || seen == null) {
              missing[0]++;
              return;
            }
            // a peer's commit is stamped before its flush: durable is what it has answered
            long safe = contestant.answersEarly() ? kept : answered;
            answer.recordValue(answered - due);
            toDurable.recordValue(Math.max(0, safe - answered));
            dueToDurable.recordValue(Math.max(0, safe - due));
            toVisible.recordValue(Math.max(0, seen - answered));
            last[0] = Math.max(last[0], safe);
          });
      each.missed().forEach(micros -> record(answer, dueToDurable, micros));
    }
    values.put("missing", (double) missing[0]);
    values.put("durable/s", toDurable.getTotalCount() / ((last[0] - begin) / 1e6));
    percentiles("answer", answer, values);
    percentiles("answer to durable", toDurable, values);
    percentiles("due to durable", dueToDurable, values);
    percentiles("answer to visible", toVisible, values);
  }

  private static void record(Histogram answer, Histogram dueToDurable, long micros) {
    answer.recordValue(micros);
    dueToDurable.recordValue(micros);
  }

  private Map<UUID, Long> moments(String sql) throws SQLException {
    return Sql.moments(postgres, contestant.database(), sql);
  }

  private static void percentiles(String name, Histogram histogram, Map<String, Double> values) {
    for (double each : new double[] {50, 95, 99, 99.9}) {
      String suffix = each == 99.9 ? "99.9" : Integer.toString((int) each);
      values.put(name + " p" + suffix, histogram.getValueAtPercentile(each) / 1e3);
    }
  }

  /** Waits until everything that was accepted can be seen. */
  void settle(long total) throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (Sql.number(postgres, contestant.database(), contestant.settled()) < total) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s: not all of %,d accepted became visible in five minutes"
                .formatted(contestant.label(), total));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Used used() throws IOException, SQLException {
    var driver =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Used(
        running.cpu(),
        postgres.cpu(),
        Duration.ofNanos(driver.getProcessCpuTime()),
        postgres.walBytes(),
        Clock.micros());
  }

  private static double millis(Duration from, Duration to) {
    return to.minus(from).toNanos() / 1e6;
  }
}
