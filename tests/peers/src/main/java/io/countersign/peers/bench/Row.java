package io.countersign.peers.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measurement.
 *
 * @param contestant of whom
 * @param load what was asked of it, for example {@code 32 senders}
 * @param round which time
 * @param values figures by name
 */
record Row(Contestant contestant, String load, int round, Map<String, Double> values) {

  /** The middle of all rounds of one contestant under one load, figure by figure. */
  static Figures medians(List<Row> rows, Contestant contestant, String load) {
    var all = new TreeMap<String, List<Double>>();
    for (Row row : rows) {
      if (row.contestant() == contestant && row.load().equals(load)) {
        row.values()
            .forEach((name, value) -> all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
      }
    }
    var medians = new TreeMap<String, Double>();
    all.forEach((name, values) -> medians.put(name, median(values)));
    return new Figures(medians);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
