package io.countersign.auditlog.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Indexes, kept as ranges: what follows each other costs no more than one. */
final class Ranges {

  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /**
   * A range.
   *
   * @param last included
   */
  record Range(long first, long last) {

    long length() {
      return last - first + 1;
    }
  }

  void add(long index) {
    add(index, index);
  }

  /** Adds a range of which nothing is in yet, or one that is in as a whole. */
  void add(long first, long last) {
    if (contains(first)) {
      return;
    }
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = ranges.floorEntry(first);
    if (before != null && before.getValue() == first - 1) {
      from = before.getKey();
    }
    Long joined = last == Long.MAX_VALUE ? null : ranges.remove(last + 1);
    if (joined != null) {
      to = joined;
    }
    ranges.put(from, to);
  }

  boolean contains(long index) {
    Map.Entry<Long, Long> range = ranges.floorEntry(index);
    return range != null && range.getValue() >= index;
  }

  List<Range> all() {
    var all = new ArrayList<Range>();
    ranges.forEach((first, last) -> all.add(new Range(first, last)));
    return all;
  }

  /** What is in here and not in others. */
  List<Range> without(Ranges others) {
    var rest = new ArrayList<Range>();
    for (Range range : all()) {
      long from = range.first();
      for (Range other : others.all()) {
        if (other.last() < from || other.first() > range.last()) {
          continue;
        }
        if (other.first() > from) {
          rest.add(new Range(from, other.first() - 1));
        }
        from = other.last() + 1;
      }
      if (from <= range.last()) {
        rest.add(new Range(from, range.last()));
      }
    }
    return rest;
  }
}
