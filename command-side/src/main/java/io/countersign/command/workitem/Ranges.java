package io.countersign.command.workitem;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of numbers, kept as ranges: small as long as numbers come nearly without gaps.
 *
 * @param ranges ascending, neither overlapping nor touching
 */
record Ranges(List<Range> ranges) {

  static final Ranges EMPTY = new Ranges(List.of());

  Ranges {
    ranges = List.copyOf(ranges);
  }

  boolean contains(int number) {
    return ranges.stream().anyMatch(range -> range.from() <= number && number <= range.to());
  }

  /** The greatest number; 0 when there is none. */
  int highest() {
    return ranges.isEmpty() ? 0 : ranges.getLast().to();
  }

  /** Whether every number from {@code from} to the greatest is there. */
  boolean completeFrom(int from) {
    return !ranges.isEmpty() && ranges.getLast().from() <= from;
  }

  Ranges with(int number) {
    if (contains(number)) {
      return this;
    }
    List<Range> result = new ArrayList<>(ranges.size() + 1);
    Range added = new Range(number, number);
    boolean placed = false;
    for (Range range : ranges) {
      if (range.to() < added.from() - 1) {
        result.add(range);
      } else if (added.to() < range.from() - 1) {
        if (!placed) {
          result.add(added);
          placed = true;
        }
        result.add(range);
      } else {
        added = new Range(Math.min(range.from(), added.from()), Math.max(range.to(), added.to()));
      }
    }
    if (!placed) {
      result.add(added);
    }
    return new Ranges(result);
  }

  /** Both ends included. */
  record Range(int from, int to) {}
}
