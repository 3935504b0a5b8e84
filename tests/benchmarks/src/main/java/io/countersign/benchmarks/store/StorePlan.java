package io.countersign.benchmarks.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param writers numbers of writers, one after the other
 * @param rounds each of them runs every competitor once, so that a machine that gets slower or
 *     faster does so for all
 * @param start warm-up of this program before anything is counted
 * @param warmUp before each measurement
 * @param time of each measurement
 * @param openLoop of its second part, at half of the rate found
 * @param only parts of names of competitors; empty for all
 * @param postgres JDBC address of a given PostgreSQL, null for one of our own
 * @param json file that gets a line for each measurement, null for none
 */
record StorePlan(
    List<Integer> writers,
    int rounds,
    Duration start,
    Duration warmUp,
    Duration time,
    Duration openLoop,
    List<String> only,
    @Nullable String postgres,
    @Nullable Path json) {

  static final StorePlan LONG =
      new StorePlan(
          List.of(1, 8, 32, 128),
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(6),
          Duration.ofSeconds(4),
          List.of(),
          null,
          null);

  static final StorePlan SHORT =
      new StorePlan(
          List.of(1, 8, 32, 128),
          1,
          Duration.ofSeconds(3),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ZERO,
          List.of(),
          null,
          null);

  /**
   * From {@code [--short] [--postgres URL] [--json FILE] [--writers N,N] [--rounds N] [--seconds N]
   * [--only NAME]}.
   */
  static StorePlan of(String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    StorePlan base = words.remove("--short") ? SHORT : LONG;
    String writers = option(words, "--writers");
    String rounds = option(words, "--rounds");
    String seconds = option(words, "--seconds");
    String only = option(words, "--only");
    String postgres = option(words, "--postgres");
    String json = option(words, "--json");
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("not understood: " + String.join(" ", words));
    }
    return new StorePlan(
        writers == null
            ? base.writers
            : Stream.of(writers.split(",")).map(Integer::valueOf).toList(),
        rounds == null ? base.rounds : Integer.parseInt(rounds),
        base.start,
        base.warmUp,
        seconds == null ? base.time : Duration.ofSeconds(Long.parseLong(seconds)),
        base.openLoop,
        only == null ? List.of() : List.of(only.split(",")),
        postgres,
        json == null ? null : Path.of(json));
  }

  boolean includes(Competitor competitor) {
    return only.isEmpty() || only.stream().anyMatch(competitor.name()::contains);
  }

  private static @Nullable String option(List<String> words, String name) {
    int at = words.indexOf(name);
    if (at < 0 || at + 1 == words.size()) {
      return null;
    }
    words.remove(at);
    return words.remove(at);
  }
}
