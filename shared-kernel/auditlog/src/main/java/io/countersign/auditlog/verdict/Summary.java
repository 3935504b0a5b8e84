package io.countersign.auditlog.verdict;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many entries have which verdict, and which are not as they should be.
 *
 * @param from first index that was verified
 * @param to index after the last
 * @param counts of every verdict; their sum is {@code to - from}
 * @param against the entries with a verdict that is a finding, in order; the first of them
 * @param erasedBy how many entries were erased or purged, by the index of the entry that says so
 */
public record Summary(
    long from,
    long to,
    Map<Verdict, Long> counts,
    List<EntryVerdict> against,
    SortedMap<Long, Long> erasedBy) {

  /** Copies. */
  public Summary {
    var all = new EnumMap<Verdict, Long>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict, counts.getOrDefault(verdict, 0L));
    }
    counts = all;
    against = List.copyOf(against);
    erasedBy = new TreeMap<>(erasedBy);
  }

  /** How many entries have a verdict. */
  public long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }
}
