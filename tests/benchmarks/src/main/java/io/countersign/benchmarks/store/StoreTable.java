package io.countersign.benchmarks.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** All measurements: medians of the rounds, as text and as JSON. */
final class StoreTable {

  private static final String STOCK = "Axon JDBC engine";
  private static final String PGBENCH = "pgbench";

  private final Map<Integer, Map<String, List<Measured>>> cells = new LinkedHashMap<>();

  void add(int writers, String name, Measured measured) {
    cells
        .computeIfAbsent(writers, _ -> new LinkedHashMap<>())
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(measured);
  }

  /** The median rate; NaN when not measured. */
  double rate(int writers, String name) {
    return median(cells.getOrDefault(writers, Map.of()).get(name), Measured::perSecond);
  }

  /** Lines for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "writers  store                 commands/s  x stock  x pgbench   p50 ms   p95 ms   p99 ms"
            + " p99.9 ms  cpu ms (client+server)  WAL B/cmd  batch");
    cells.forEach(
        (writers, row) -> {
          row.forEach((name, rounds) -> lines.add(line(writers, name, rounds)));
          if (!row.containsKey(PGBENCH)) {
            lines.add(String.format(Locale.ROOT, "%7d  %-20s  %10s", writers, PGBENCH, "not run"));
          }
        });
    List<String> open = openLines();
    if (!open.isEmpty()) {
      lines.add("");
      lines.add("each at half of its own rate, from the moment a command was due:");
      lines.addAll(open);
    }
    return lines;
  }

  private String line(int writers, String name, List<Measured> rounds) {
    double rate = median(rounds, Measured::perSecond);
    double client = median(rounds, Measured::clientCpu);
    double server = median(rounds, each -> each.serverCpu().orElse(Double.NaN));
    return String.format(
        Locale.ROOT,
        "%7d  %-20s  %,10.0f  %7.2f  %9.2f  %s  %6.3f (%.3f+%.3f)  %9.0f  %5.1f",
        writers,
        name,
        rate,
        rate / rate(writers, STOCK),
        rate / rate(writers, PGBENCH),
        percentiles(rounds, Measured::closed),
        client + server,
        client,
        server,
        median(rounds, Measured::walBytes),
        median(rounds, Measured::batch));
  }

  private List<String> openLines() {
    List<String> lines = new ArrayList<>();
    cells.forEach(
        (writers, row) ->
            row.forEach(
                (name, rounds) -> {
                  if (rounds.stream().allMatch(each -> each.open() != null)) {
                    lines.add(
                        String.format(
                            Locale.ROOT,
                            "%7d  %-20s  %,10.0f                     %s",
                            writers,
                            name,
                            rate(writers, name) / 2,
                            percentiles(rounds, StoreTable::open)));
                  }
                }));
    return lines;
  }

  private static Histogram open(Measured measured) {
    Histogram open = measured.open();
    return open == null ? Measured.histogram() : open;
  }

  private interface Latency {
    Histogram of(Measured measured);
  }

  private static String percentiles(List<Measured> rounds, Latency latency) {
    var text = new StringBuilder();
    for (double percentile : new double[] {50, 95, 99, 99.9}) {
      double micros = median(rounds, each -> latency.of(each).getValueAtPercentile(percentile));
      text.append(String.format(Locale.ROOT, "%7.2f  ", micros / 1_000));
    }
    return text.toString().stripTrailing();
  }

  private static double median(@Nullable List<Measured> rounds, ToDoubleFunction<Measured> field) {
    if (rounds == null || rounds.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = rounds.stream().mapToDouble(field).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** One measurement as one line of JSON. */
  static String json(int round, int writers, String name, Measured measured) {
    Histogram open = measured.open();
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"store\",\"round\":%d,\"writers\":%d,\"store\":\"%s\",\"commandsPerSecond\":%.1f,"
            + "\"clientCpuMillis\":%.4f,\"serverCpuMillis\":%s,\"walBytes\":%.0f,\"batch\":%.2f,"
            + "\"closedMicros\":%s,\"openMicros\":%s}",
        round,
        writers,
        name,
        measured.perSecond(),
        measured.clientCpu(),
        number(measured.serverCpu()),
        measured.walBytes(),
        measured.batch(),
        json(measured.closed()),
        open == null ? "null" : json(open));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "null";
  }

  private static String json(Histogram micros) {
    return String.format(
        Locale.ROOT,
        "{\"count\":%d,\"p50\":%d,\"p95\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d}",
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(95),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9),
        micros.getMaxValue());
  }
}
