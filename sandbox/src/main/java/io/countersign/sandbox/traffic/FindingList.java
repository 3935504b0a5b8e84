package io.countersign.sandbox.traffic;

import java.util.ArrayList;
import java.util.List;

/** Collects findings; keeps the first ones and counts all. */
final class FindingList {

  private static final int KEPT = 1_000;

  private final List<Finding> kept = new ArrayList<>();
  private long count;

  void add(Finding.Code code, String subject, String words) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(new Finding(code, subject, words));
    }
  }

  List<Finding> kept() {
    return List.copyOf(kept);
  }

  long count() {
    return count;
  }
}
