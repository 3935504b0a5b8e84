package io.countersign.peers.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is run.
 *
 * @param shortForm whether it is the short form
 * @param rounds how often each contestant has its turn
 * @param contestants in turn
 * @param senders of the closed loops, one after the other
 * @param warmUp seconds before the first
 * @param level seconds of each
 * @param rates a second, of the open loops
 * @param rateSeconds seconds of each
 * @param killAfter seconds of load before kill -9
 */
record Plan(
    boolean shortForm,
    int rounds,
    List<Contestant> contestants,
    List<Integer> senders,
    double warmUp,
    double level,
    List<Integer> rates,
    double rateSeconds,
    double killAfter) {

  /** About a quarter of an hour. */
  static final Plan LONG =
      new Plan(
          false,
          3,
          List.of(Contestant.values()),
          List.of(1, 8, 32, 128),
          12,
          6,
          List.of(200, 1_000),
          12,
          3);

  /** About a minute and a half: the same table, rougher. */
  static final Plan SHORT =
      new Plan(
          true,
          1,
          List.of(Contestant.COUNTERSIGN, Contestant.AXON_JPA, Contestant.OPERATON),
          List.of(1, 8, 32, 128),
          5,
          1.5,
          List.of(200, 1_000),
          2.5,
          1);

  /** The same with those contestants whose names begin so; none named: all of them. */
  Plan only(List<String> names) {
    return names.isEmpty()
        ? this
        : new Plan(
            shortForm,
            rounds,
            Stream.of(Contestant.values())
                .filter(each -> names.stream().anyMatch(each.label()::startsWith))
                .toList(),
            senders,
            warmUp,
            level,
            rates,
            rateSeconds,
            killAfter);
  }

  /** Work items that are enough for a contestant that takes 3,000 a second. */
  int workItems() {
    double seconds = warmUp + senders.size() * level + killAfter;
    double open = rates.stream().mapToInt(Integer::intValue).sum() * rateSeconds;
    return (int) ((seconds * 3_000 + open) / io.countersign.peers.load.Corpus.STEPS) + 512;
  }
}
