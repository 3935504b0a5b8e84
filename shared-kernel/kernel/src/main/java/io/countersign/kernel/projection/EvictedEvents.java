package io.countersign.kernel.projection;

import java.util.List;

/**
 * What a replay left out, because it had been given up of dead letters: the rows are without it as
 * well.
 *
 * @param events how many events were left out
 * @param sequences how many times something was given up
 * @param first what was given up, in order of the log, the first {@value #MOST}
 */
public record EvictedEvents(long events, int sequences, List<EvictedSequence> first) {

  /** More are counted, not named. */
  public static final int MOST = 100;

  /** Copies the list. */
  public EvictedEvents {
    first = List.copyOf(first);
  }

  /**
   * Events that were given up together.
   *
   * @param sequence which events keep their order among themselves: an aggregate's id
   * @param firstEntry index of the first one's entry
   * @param lastEntry index of the last one's entry
   */
  public record EvictedSequence(String sequence, long firstEntry, long lastEntry) {}
}
